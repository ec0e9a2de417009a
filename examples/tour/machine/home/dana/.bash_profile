# Written by an installer. Where it exists, bash reads no ~/.profile.
export PATH="$HOME/.local/bin:$PATH"
