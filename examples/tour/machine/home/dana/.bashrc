case $- in
  *i*) ;;
  *) return ;;
esac

alias ll='ls -l'

# From a tutorial, years ago.
export GOROOT=$HOME/sdk/go1.21.13
export PATH="$GOROOT/bin:$PATH"
