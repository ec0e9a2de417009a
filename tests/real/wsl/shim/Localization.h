#pragma once
namespace wsl::shared {
struct Localization
{
};
} // namespace wsl::shared
