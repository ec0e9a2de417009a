// What configfile.cpp takes from the rest of WSL, in the least words that let it be compiled alone.
// Bytes and letters are those of musl in the C locale, in which WSL's init runs.
#pragma once
#include <cctype>
#include <cstdint>
#include <cstring>
#include <ctype.h>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <strings.h>
#include <wchar.h>
#include <wctype.h>

static inline wint_t musl_fgetwc(FILE* file)
{
    int byte = fgetc(file);
    return byte == EOF ? WEOF : byte < 0x80 ? byte : 0xdf80 + (byte - 0x80);
}
static inline wint_t musl_ungetwc(wint_t sign, FILE* file)
{
    return sign == WEOF ? WEOF : ungetc(static_cast<int>(sign & 0xff), file);
}
static inline int musl_isalpha(unsigned sign) { return (sign | 32) - 'a' < 26; }
static inline int musl_isalnum(unsigned sign) { return musl_isalpha(sign) || sign - '0' < 10; }
#define fgetwc musl_fgetwc
#define ungetwc musl_ungetwc
#undef isalpha
#undef isalnum
#define isalpha(sign) musl_isalpha(static_cast<unsigned>(sign))
#define isalnum(sign) musl_isalnum(static_cast<unsigned>(sign))

namespace wsl::shared::string {
struct CaseInsensitiveCompare
{
    bool operator()(const std::string& one, const std::string& other) const
    {
        return strcasecmp(one.c_str(), other.c_str()) < 0;
    }
};
inline std::optional<bool> ParseBool(const char* text)
{
    if (!strcmp(text, "1") || !strcasecmp(text, "true")) return true;
    if (!strcmp(text, "0") || !strcasecmp(text, "false")) return false;
    return {};
}
inline std::optional<uint64_t> ParseMemorySize(const char*) { return {}; }
inline std::wstring MultiByteToWide(const std::string& text) { return {text.begin(), text.end()}; }
} // namespace wsl::shared::string

#define EMIT_USER_WARNING(warning) do { } while (0)
#define FAIL_FAST_IF(wrong) do { if (wrong) abort(); } while (0)
