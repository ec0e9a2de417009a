# ruff: noqa: E501 - a piece of source is a line
"""Source that sets A to E, PATH and XPATH; a piece a paragraph."""

KNOWN = r"""
set -gx A 1; begin; set -l A 2; set B $A; end; set -x C $A

set -gx A 1; function f; set -l A 2; set -g A 3; set -g B $A; end; f; set C $A

set A x; set -e A; set B $status; set -e A; set C $status

set -x A a; set A b; set -q A; set B $status; set -e A[1]; set C (count $A); set -q A[1]; set D $status

set -g A; set -q A B C; set D $status

set XPATH a:b; set A (count $XPATH); set -a XPATH c; set B "$XPATH"; set C $XPATH[-1]

set --path A a:b c; set B (count $A); set C "$A"; set --unpath A; set D (count $A)

set -gx PATH /a "" /b; set A $PATH; set B "$PATH"

set A[3] v; set B (count $A); set A[1..2] m n; set C $A; set A[2] q; set D $A[2..1]

set A a b c d; set -e A[2..3]; set B $A; set A[1 2] r s; set C $A; set A[1] a b; set D $status

set a-b c; set A $status; set a=b; set B $status

set HOME /x; set A ~/y; set B ~; set C a~ "~"

function f; if true; set -f A 1; set B 2; end; set -g C $A $B; end; f; set D "$A$B"

function f; set -l A 1; g; end; function g; set -g B "h:$A"; set A 5; end; f; set C "$A"

function k -S; set C "k:$A"; set A 9; end; function m; set -l A 1; k; set -g B $A; end; m

if true; set -l A local; end; if true; set B ifscope; end; set C "[$A]"

for A in a b; set -l zz $A; end; set -g B "$zz"; set -g C $A

for x in a b c; test $x = b; and continue; set -a A $x; end; for y in 1 2 3; test $y = 2; and break; set -a B $y; end

function fa -a one two; set -g A $one $two $argv; end; fa 1 2 3

function fc -V c; set -g A $c; end; set c 2; function fd -V c; set -g B $c; end; set c 3; fd

set -x A 1; A=2 begin; set -g B $A; end; set C $A; A=4 D=$A set E $A $D

set -x A; set B 2; export C=c; export D; set -g E 1; export E

export PATH=/q:$PATH; set A $PATH[1..2]

export PATH="/q:$PATH"; set A (count $PATH)

set -g A a; set -x A b; set -gu B c; set -l A d; set -x A e; set C $A

set A b c; set B "$A" {$A}x; set C x$A[1]y; set D $A$A; set E $A{1,2}

set e; set A a$e b; set B "a$e"; set C {$e,x}y; set D x{a,b}{1,2}y

set A {a}; set B {}; set C a{b,c{d,e}}f; set D { a, b }; set E {a b,c}

set v q; set A {$v,b}x; set B "{a,b}"; set C \{a,b\}; set D {a\,b,c}

set A (printf 'a\nb\n'); set B (count $A); set C "$(printf 'a\nb\n')"; set D (printf 'q\nw\n')[2]

set A (echo 1; echo 2)(echo x; echo y); set B $A[1](echo z); set C {a,b}$A[2]

set f b; set b x y z; set A $$f; set B $$f[1][2]; set C "$$f"; set n 2; set D $b[$n] $b[2..-1] "$b[$n]"; set E $b[-1..1]

set x a b; set A $x[5]; set B "a$x[5]b"; set C $x[2..9]; set D (count $x[3..-1]); set E $x[1 -1]

set A \x41\102\u43 'a\nb' "a\nb" a\nb; set B 'it\'s' "say \"\$x\"" a\ b; set C one \
  two

set A (string join , a b c); set B (string split -m1 = a=b=c); set C (string replace a b xax); set D (string match 'a*' ab b ac); set E (string upper abc)

set A (string split / a/b/c)[-1]; set B (string trim -c / /a/b/); set C (string replace -r '^(.)b' '$1x' abc); set D (string sub -s 2 -l 1 abc); set E (string match -r 'v([0-9]+)' v12)

set A (string replace -a / - a/b/c); set B (string lower ABC); set C (string length abc); set D (echo a:b | string split :); set E (string split -n : a::b)

set A (string match -v '*x*' ax b); set B (string match -q 'z*' a; echo $status); set C (string trim '  a '); set D (string join ' ' (string split , a,b)); set E (string split -r -m1 / a/b/c)

if test -d /usr; set A dir; else; set A nodir; end; test -d /nonexistent && set B yes || set B no

test 1 -eq 1.0; set A $status; test a = a -a b = c; set B $status; test -n ""; set C $status; test ! -d /usr; set D $status; [ a != b ]; set E $status

test -z "$NOPE"; and set A empty; if set -q NOPE; and test -n "$NOPE"; set B had; else; set B hadnot; end

not false; set A $status; ! true; set B $status; false; or set C x; true; and false; or set D y; true && false || set E z

false; begin; end; set A $status; false; if false; end; set B $status; false; for i in; end; set C $status; false; switch a; case b; end; set D $status

switch abc; case b 'a*'; set A yes; case '*'; set A no; end; switch x; case a b; set B 1; case '*'; set B 2; end; switch ""; case ''; set C empty; end

set i 0; while test $i != xxx; set i (string replace 0 '' $i)x; set -a A $i; end

contains b a b; and set A yes; contains -i b a b | read B; contains z a; or set C no; contains -- -x -x; and set D dash

function r; return 3; end; r; set A $status; function r2; false; return; end; r2; set B $status; function r3; if true; return; end; set -g C no; end; r3

eval 'set -l A 1; set -g B 2'; set C "$A"; eval set D evald; eval false; set E $status

echo 'set -g A piped; set -l B local' | source; set C "$B"; source (echo 'set -g D psub' | psub); echo 'return 5' | source; set E $status

set A 1; exit; set A 2

function f; exit; end; f; set A 2

set A (exit 3); set B 1

echo 'exit' | source; set A after

set -gx A (nosuchcommand_x a); set B $status; set C 1

set -gx A x; set A (nosuchcommand_x); set B y(nosuchcommand_x)

nosuchcommand_x; set A $status

set A /nonexistent_x*; set B (count $A); for i in /nonexistent_x*; set C loop; end

set A 1; echo /nonexistent_x*; set B $status

function w --on-variable A; set -g B $A; set -g C $argv; end; set A 1; set -e A

function w --on-variable XPATH; set -g A $XPATH; end; set -gx XPATH a:b; function v --on-variable A; set -g B seen; end; set -a XPATH c

function h --on-event my_event; set -g A $argv; end; emit my_event 1 2

alias foo 'set -g A aliased'; foo; alias bar='set -g B'; bar x y; functions -q foo; set C $status; functions -e foo; functions -q foo; set D $status

function foo; set -g A 1; end; functions -c foo bar; functions -e foo; bar; functions -q foo; set B $status

type -q set; set A $status; command -q set; set B $status; type -q nosuchcommand_x; set C $status; command -q ls; set D $status; builtin -q set; set E $status

echo (set -g A inner) >/dev/null; set -g B x | set -g C y; begin; set -g D q; end >/dev/null

set A (basename /a/b.txt .txt); set B (dirname /a/b); set C (uname); set D (echo -n x; echo y); set E (echo hi >/dev/null)

set A (echo hi >&2); set B (count a b c); set C (count); set D (pwd); set E $PWD

cd /usr; set A $PWD; cd /nonexistent_x; set B $status; cd; set C (pwd)

set A %self%; set B a,b; set C a=b; set D -- -x; set -- E -y

printf 'a\nb\n' | while read -l x; set -a A $x; end; echo 'x y' | read B; set C (echo z | cat)

fish_add_path -P /usr/lib /nonexistent_x; set A $PATH[1]; fish_add_path -P /usr/lib; set B $status; fish_add_path -aP /usr/share; set C $PATH[-1]; fish_add_path -mP /bin

setenv A b; setenv XPATH a:b; set B (count $XPATH)

set -l x 1; function f; set -g A "$x"; end; f; begin; set -l x 2; set B $x; end; set C $x

set A (true); set B $status; set A (false); set C $status; if set -l z (false); set D yes; else; set D no; end

if set -l z (echo v); set A $z; end; set B "$z"; while set -l q (echo v); set C $q; break; end

function f; set -g A (count $argv) $argv[2] "$argv"; set -e argv[1]; set -g B $argv; end; f x y z

set A a b; set -p A z; set -a A c d; set B (count $A); set -ga C 1; set -ga C 2; set -e A[-1]

set v A; set $v dyn; set -gx {B,C} x; for n in D E; set -gx $n /dyn/$n; end

begin; set -lx A 1; end; set B "$A"; set -U C u; set -Ux D ux; set E $C$D

set -gx A "$PATH"; set -gx B $PATH; set C x:$PATH; set D "x:$PATH"

true; and set A 1; or set A 2; false; and set B 1; or set B 2; true; or set C 1; and set C 3

set A 1 # comment
# set A 2
if true # c
  set B 2; end

function f; for i in 1 2; for j in a b; test $j = b; and break; set -ga A $i$j; end; end; end; f; set B $status

set -l l 1 2 3; set A $l[(count $l)]

set A 1; set A (echo /nonexistent_x*); set B $status; set C 1; set C (nosuchcommand_x; true); set D 1; set D (nosuchcommand_x | cat)

set A 1; set A (if nosuchcommand_x; end); set B $status; set C 1; set C (begin; nosuchcommand_x; end); set D 1; set D (not nosuchcommand_x)

function f; nosuchcommand_x; end; set A 1; set A (f); set B 1; set B (eval nosuchcommand_x); set C 1; set C (true && nosuchcommand_x); set D 1; set D "$(nosuchcommand_x)"

set A 1; for i in (nosuchcommand_x); set A 2; end; if test (nosuchcommand_x) = a; set B 2; else; set B 3; end; C=(nosuchcommand_x) set D 2; switch (nosuchcommand_x); case '*'; set E 4; end

set A 1; set A (command -v nosuchcommand_x); set B $status; set C {$A}x {$B}y; set D {x{$B}}

if false; else if set -l A (echo 1); end; begin; if set -l B 5; end; set C "$B"; end; set D "$A$B"; while set -l E (echo v); break; end

set -l u 1 | cat; set A $u; switch (set -l s 1; echo x); case x; set B "$s"; end; echo (set -l t 1); set C "$t"

set A 'a  b' ''; set B (count $A); set C "$A"; set D "x$A"y; set E (string join '' $A)

set A $argv; set B (count $argv); function f --argument-names x; set -g C "$x|$argv"; end; f; f 1 2; set argv q w; set D $argv[2]

set A (set -q NOPE; and echo yes; or echo no); set B (test -d /usr && echo dir || echo none); set C (begin; echo x; echo y; end)

string match -q '*/bin*' $PATH; and set A yes; string match -q x y; or set B no; if string match -qr '^/u' /usr; set C r; end

set A a; begin; set A b; set -l A c; set A d; end; set B $A; begin; set -l C 1; begin; set C 2; end; set D $C; end

function f; set -l x 1; if true; set -l x 2; set -g A $x; end; set -g B $x; end; f; function g; set y 1; begin; set y 2; end; set -g C $y; end; g; set D "$y"

set A (printf '%s-%s\n' a b c d); set B (printf '%d%%' 5); set C (printf '%5s|%-4s|' a b); set D (printf 'x\ty')

for A in; end; set B "$A"; for C in x; end; set D $C; for E in (seq 0); end

set A x; set B $A$A[1]; set C "$A[1]"; set D $A[1..1]; set E "$A[2]"

not set -q NOPE; and set -gx A 1; set -q A && not set -q B && set -gx B 2; ! set -q C; or set D no

set A ~root; set B "~root"; set C ~root/x; set D ~/{x,y}; set E x~

set A (cd /usr; pwd); set B $PWD; begin; cd /bin; end; set C $PWD

set -gx A a:b; set B $A[1]; set -gx XPATH "a:b:$PATH"; set C $XPATH[3]; set D (string split : $A)

set A *nonexistent; set B $status; set C x; echo *nonexistent; or set C y

set A (string replace -r '(.*)/([^/]*)$' '$2:$1' /a/b/c); set B (string replace -ra '[aeiou]' '' banana); set C (string match -r '(\w+)=(\w+)' k=v); set D (string replace -f a b x; or echo none)

set A (string sub -s -2 abc); set B (string sub -e 2 abc); set C (string split -m 2 . 1.2.3.4); set D (string trim -l -c x xxaxx); set E (string split -f 1,3 : a:b:c)

function f -d 'x' -a a b; set -g A $a; set -g B $b; end; f (echo q) w; function g --no-scope-shadowing; set -l loc 1; set C "$outer"; end; set outer o; g

if test -n "$NOPE" -o -d /usr; set A 1; end; if test -d /usr -a -d /nonexistent; set B 1; else; set B 2; end; if test '(' a = a ')' ; set C 3; end; test a = ; set D $status; test; set E $status

if [ -f /etc/passwd ] && [ -r /etc/passwd ]; set A f; end; if not [ -e /nonexistent ]; set B ne; end; test -x /usr/bin/env; and set C x; test -s /etc/passwd; and set D s

set A (string split ' ' -- 'a b'); set B (string replace a b -- xax); set C (string match 'a*' -- ab b); set D (string trim -- ' a '); set E (string join , -- a b)

set A (string split : -m1 a:b:c); set B (string replace --all a b aa); set C (string match -v -- '-x' -x y); set D (string upper -- ab)

for v in (string split : -- $PATH[-1..1]); set -a A $v; end; set B (string replace -r '/$' '' -- /a/); set C (string sub --start=2 --length=1 abc)
""".strip().split("\n\n")
