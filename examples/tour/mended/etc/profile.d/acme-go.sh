# Written by the laptop image.
export PATH="/opt/acme/go/bin:$PATH"
