. /etc/profile.d/acme-go.sh

case $- in
  *i*) ;;
  *) return ;;
esac

alias ll='ls -l'
