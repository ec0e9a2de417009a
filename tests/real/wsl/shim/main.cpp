// Reads the standard input with WSL's parser, and prints what each of our keys got.
// Arguments: the parser's flags, and keys: `b:interop.enabled` a boolean, `s:user.default` a text.
#include "stringshared.h"
#include "configfile.h"

int main(int count, char** arguments)
{
    std::vector<ConfigKey> keys;
    std::vector<std::optional<std::string>> texts(count);
    std::vector<ConfigKeyPresence> there(count);
    std::vector<char> yes(count);
    for (int at = 2; at < count; at++)
    {
        if (arguments[at][0] == 'b')
            keys.emplace_back(arguments[at] + 2, reinterpret_cast<bool&>(yes[at]), &there[at]);
        else
            keys.emplace_back(arguments[at] + 2, texts[at]);
    }
    printf("%d", ParseConfigFile(keys, stdin, atoi(arguments[1]), L"input"));
    for (int at = 2; at < count; at++)
    {
        putchar(' ');
        if (arguments[at][0] == 'b')
            fputs(there[at] == ConfigKeyPresence::Absent ? "-" : yes[at] ? "yes" : "no", stdout);
        else if (!texts[at])
            putchar('-');
        else
        {
            putchar('=');
            for (unsigned char byte : *texts[at]) printf("%02x", byte);
        }
    }
    putchar('\n');
}
