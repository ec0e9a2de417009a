"""What fish takes and what it refuses, settled with the real shell.

A line is a case; in it, `⏎` is a newline.
"""

ACCEPTED = r"""
'begin'; echo hi; end
"if" true; end
begin; e"nd"
begin; en\d
for i 'in' a; end
if a; else 'if' b; end
if
if -h
if --foo
function -h
function
switch
for
while
not
!
! !
begin; not; end
while true; break; end
while true; begin; if a; break; end; end; end
while break; end
break -h
a | not b
time a | b
time time a
time not a
not time a
time if a; end
if a; and b; or c; end
if a⏎# comment⏎and b⏎end
if a; b; end
if and a; end
if a; else if b; else; c; end
for $i in a; end
for (a) in b; end
for a-b in c; end
for i in; end
for i in a b⏎end
function (a); end
function a b c⏎  end
function f\⏎ a⏎end
function a; end > x
echo a[b c]
echo [ a
echo $a[1 2]
echo $x[$y[1] 2]
echo $x[[1]]
echo (echo [ ])
[[ -f x ]]
echo {a b}
echo {a⏎b}
echo {a;b}
echo {a|b}
echo {$x[1 2],b}
echo {a,(echo b)}
{ echo a; }
{ echo a }
{echo,a}
{}
echo \X80
echo \x80
echo \U0010FFFF
echo \c_
echo a&b
echo a&
echo a &b
echo & b
a b&c d& e
;
a ;; b
a |⏎b
a |⏎⏎# c⏎b
a &&⏎b
a ||⏎b
a && and b
a || or b
and and a
not not a
not and a
! a
a & && b
a && b & ; or c
if a && b &; end
echo >| cat
echo 2>| cat
echo &| cat
a >>|b
echo &> x
echo &>> x
a &>?x
echo >? x
cat <&3
echo <x >y 2>z a
echo a2>x
echo a > $foo
echo > $*
echo > \xzz
a <(b)
a=b c=d cmd
a=b if true; end
if a=b true; end
a= cmd
a[1]=b cmd
not a=b cmd
a=b not cmd
a=b and c
a=b \⏎c
a=(break) b
a=$* b
a=\xzz c
\xzz
1a=b c
command
command foo
builtin -h
exec
exec a && b
exec a; and b
command and a
and -h | a
command and a | b
switch a; case b; end
switch a⏎case b c⏎  x⏎case '*'; y⏎end
switch a⏎case⏎  foo⏎end
switch a; end
begin end
begin a; end
begin; echo; end | cat > x &
begin⏎echo⏎end <x
a | if true; end
function f; and a; end
echo a # b ) ( "
echo (echo a # )⏎)
echo (# foo⏎a)
echo (a;#foo)⏎)
echo a#b
echo (a; b⏎c)
echo ()
echo "$()" $() ()[1] $()[1]
echo (a &)
echo (if)
echo "$(echo "a" 'b')" b
echo "$(echo ')')" ")"
echo (echo "a)b" ')')
echo "a $(b "c $(d)" e) $f[1] $(g)[1]"
echo "(echo"
echo "$x[1"
echo "$x["$y"]"
echo $x[")"]
echo "a{b"
echo "\x"
echo %self
echo \⏎# comment⏎a
\⏎echo a
for i in a⏎⏎  end
exit | b
return
"$status"
$status[1]
~/bin/foo
"" c
= c
""".strip().split("\n")

REFUSED = r"""
begin
if a
end
'end'
function -d
break
builtin break
br"ea"k
function f; break; end
while true; function f; break; end; end
while true; echo (break); end
while true; echo "$(break)"; end
$status
(foo)
$(foo)
a(foo)
command (a)
not (a)
while (break); end
a | and b
a | not and b
not and a | b
a | command and b
exec a | b
a | exec b
! exec a | b
a | b=c exec d
exec -h | b
a | time b
break | cat
return | cat
a & ; and b
a &⏎and b
if a &; end
if a & b; end
while a & b; end
if; a; end
if⏎ a; end
while; a; end
for i; end
for i $in a; end
for i in a >x; end
for i in a | b; end
for i in $*; end
for i in (a | and b); end
echo a[b c
echo $a[1
echo [[
echo (echo [)
echo {
echo }
echo {a,b
echo {(}
echo ({)
echo $
echo $$
echo $*
echo ${a}
echo "$"
echo "${a}"
echo $"a"
echo a$
echo "$ 5"
echo {$*}
echo $x[$*]
$* b
command $*
echo \xzz
echo \x
echo \u
echo \UFFFFFFFF
echo \c
echo \c1
echo \400
echo "abc
echo 'abc
echo (abc
echo abc)
echo "$(echo"
echo "$(begin)"
echo $x[(begin)]
echo (begin)
echo (and⏎a)
echo (a⏎| b)
echo ((a))
&
a |
| a
a | | b
a ; | b
a && && b
a &&; b
a ||; b
a && end
begin; a | end
begin; not end; end
and
or
time
a; time; b
not time
a | time
echo >
> x
2>x echo
echo > >
echo >&
echo |& cat
cat << x
cat <<< x
a >&|b
a=b
a=b; cmd
a=b | c
a=b >x
a=b # x⏎c
not a=b
switch a b; end
switch a; foo; end
switch (a) >x⏎end
switch a⏎case b >y⏎end
switch $*; end
case a
else
begin; case a; end
if a; else; else; end
if a; else foo; end
if a; else if; end
begin; end; end
begin; end x
begin; a; end >x b
begin & end
begin && a; end
function f $*; end
function f >x; end
echo \
builtin nonsense
""".strip().split("\n")


def source(case):
    """Give a case as fish gets it."""
    return case.replace("⏎", "\n")
