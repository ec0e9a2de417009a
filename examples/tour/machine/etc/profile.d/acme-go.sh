# Written by the laptop image.
export GOROOT=/opt/acme/go
export PATH="$GOROOT/bin:$PATH"
