"""The files of a machine on which secrets lie about in every place that we know of."""

from __future__ import annotations

PASSWD = "root:x:0:0::/root:/bin/bash\ndana:x:1000:1000::/home/dana:{shell}\n"

SYSTEM = {
    "etc/login.defs": "ENV_PATH PATH=/usr/bin:/bin\n",
    "etc/pam.d/login": "session required pam_env.so\n",
    "etc/pam.d/sshd": "session required pam_env.so user_readenv=0\n",
    "etc/ssh/sshd_config": "PermitUserEnvironment yes\n",
    "etc/environment": "LANG=C.UTF-8\nETC_TOKEN=«!etc environment»\n",
    "etc/default/locale": "LANG=C.UTF-8\n",
    "etc/profile": "export PROFILE_SECRET=«!profile»\n",
    "var/spool/cron/crontabs/dana": (
        "CRON_TOKEN=«!crontab»\n5 * * * * curl -u dana:«crontab job» x\n"
    ),
    "usr/bin/true": "",
    "usr/bin/go": "",
    "usr/bin/zsh": "",
    "usr/bin/fish": "",
    "bin/bash": "",
    "bin/sh": "",
}

BASH = r"""
# an old one: «ghp:comment», PASSWORD=«comment assignment»
export GITHUB_TOKEN=«!bash plain»
export DB_PASSWORD='«!bash single quotes»' ; export MY_SECRET="«!bash double quotes»"
API_KEY=«!bash not exported»
WEATHER=«!ghp:bash token by form»; export WEATHER
export AWS_ID=«!aws:aws id»
export SESSION=«!jwt:jwt»
export HOOK=https://hooks.slack.com/services/T0/B0/«slack hook»
export GOPROXY=https://dana:«goproxy»@proxy.example,direct
export GOFLAGS="-ldflags=-X=main.apiToken=«!goflags ldflags»"
export GOAUTH="acme --password «goauth»"
export HTTPS_PROXY=dana:«https proxy»@proxy.example:3128
export GOACME=«!a variable like one of go»
export PATH="$HOME/«!glpat:path folder»/bin:$PATH"
export CC="wrap --token «!cc option»"
export KEYS=(a «!bash array»)
export PLUS_TOKEN=a; PLUS_TOKEN+=«!bash appended»
declare -x DECLARED_TOKEN=«!bash declare»
export DEFAULT_TOKEN=${DEFAULT_TOKEN:-«!bash default»}
: ${ASSIGNED_TOKEN:=«!bash assigned default»}
export SUB_TOKEN=$(echo «!bash substitution»)
printf -v PRINTED_TOKEN %s «!bash printf»
read READ_TOKEN <<< «!bash here string»
alias deploy='curl -u dana:«!alias user» https://x'
alias push='PUSH_PASSWORD=«!alias assignment» git push'
login() { export FUNC_TOKEN=«!function»; curl -H "Authorization: Bearer «function header»" x; }
login
eval 'export EVAL_TOKEN=«!eval»'
eval "$(printf 'export SPRINT_TOKEN=%s' «!eval printf»)"
sshpass -p «!sshpass» ssh x
mysql -udana -p«mysql» shop
docker login -u dana -p «!docker login» r.example
cat <<EOF
password=«!here document»
EOF
case "$API_KEY" in «!case pattern») true ;; esac
[[ $API_KEY == «!test operand» ]] && true
if false; then export NEVER_TOKEN=«never run»; fi
set -- --token «!set positional»
cd ~/work-«!ghp:cd folder»
. ~/«!ghp:source name».sh
export BACK_TOKEN=«!at the end»
"""
FISH = """\
set -gx FISH_TOKEN «!fish set»
set -gx WEATHER «!ghp:fish token by form»
function f
  set -gx FISHF_TOKEN «!fish function»
end
f
abbr up 'PASSWORD=«!fish abbr» x'
set -gx FISHL_TOKEN a «!fish list»
for FOR_TOKEN in «!fish for»
  true
end
set -gx FISHS_TOKEN (echo «!fish substitution» | cat)
"""
ZSH = """\
ztokens=($(echo «!zsh array»))
"""
GO_ENV = """\
GOPROXY=https://«!go env userinfo»@h,direct
GOFLAGS=-ldflags=-X=main.key=«!go env ldflags»
GOACMETOKEN=«!go env token»
"""

HOME = {
    ".bashrc": BASH,
    ".bash_profile": ". ~/.bashrc\nexport PROF_TOKEN=«!bash profile»\n",
    ".profile": "export SP_TOKEN=«!sh profile»\n",
    ".zshenv": "export ZENV_TOKEN=«!zshenv»\ntypeset -x ZT_SECRET=«!zsh typeset»\n",
    ".zshrc": ZSH,
    ".zprofile": "export ZP_TOKEN=«!zprofile»\n",
    ".kshrc": "export KSH_TOKEN=«!kshrc»\n",
    ".mkshrc": "export MKSH_TOKEN=«!mkshrc»\n",
    ".config/fish/config.fish": FISH,
    ".config/fish/conf.d/a.fish": (
        "set -gx CONFD_TOKEN «!fish conf.d»\nset -Ux CONFU_TOKEN «!fish universal set»\n"
    ),
    ".config/fish/fish_variables": "SETUVAR --export UNI_TOKEN:«!fish universal»\n",
    ".config/environment.d/a.conf": "ENVD_TOKEN=«!environment.d»\n",
    ".ssh/environment": "SSHENV_TOKEN=«!ssh environment»\n",
    ".netrc": "machine h login dana password «netrc»\n",
    ".npmrc": "//r.example/:_authToken=«npmrc»\n",
    ".pypirc": "[pypi]\npassword = «pypirc»\n",
    ".docker/config.json": '{"auths": {"r.example": {"auth": "«docker auth»"}}}',
    ".aws/credentials": "[default]\naws_secret_access_key = «aws credentials»\n",
    ".gitconfig": "[remote]\n url = https://dana:«git config»@h/x\n",
    ".git-credentials": "https://dana:«git credentials»@h\n",
    ".pgpass": "h:5432:db:dana:«pgpass»\n",
    ".config/go/env": GO_ENV,
    "shop/go.mod": "module example.com/shop\ngo 1.22\n",
    "shop/.env": "DB_PASSWORD=«env file»\n",
    "shop/.envrc": "export ENVRC_TOKEN=«envrc»\n",
    "shop/.env.example": "A=«ghp:env sample»\n",
    "shop/Dockerfile": "FROM x\nARG NPM_TOKEN=«docker arg»\nENV DB_PASSWORD «docker env»\n",
    "shop/«ghp:file at the top».env": "A=1\n",
    "«glpat:path folder»/bin/go": "",
    "«ghp:source name».sh": "export SOURCED_TOKEN=«sourced»\n",
}

# What stands at the end of these files cannot be read, or not as it is meant.
GARBLED = {
    "etc/environment": "ODD «etc environment odd»\nexport O_TOKEN='«etc environment quote»\n",
    "var/spool/cron/crontabs/dana": "CRON2_TOKEN «crontab odd»\n",
    "home/dana/.bashrc": (
        ". ~/latin\n. ~/missing-«glpat:missing file»\nexport N=$((TOKEN=1«arithmetic»))\n"
        "export X=$((«ghp:broken arithmetic»\nexport T_TOKEN='«broken open quote»\n"
    ),
    "home/dana/.profile": "echo ${SH_TOKEN!«bad substitution» y}\n",
    "home/dana/.zshrc": "[[ $Z_TOKEN == «zsh odd test» a b ]]\necho ${Z_TOKEN:=«zsh open»\n",
    "home/dana/.config/fish/config.fish": "if test a\nset -gx F_TOKEN '«fish broken»\n",
    "home/dana/.config/fish/fish_variables": "UNI_ODD «fish universal odd»\n",
    "home/dana/.config/environment.d/a.conf": "ENVD «environment.d odd»\nE_TOKEN='«unclosed»\n",
    "home/dana/.ssh/environment": "SSHENV «ssh environment odd»\n",
    "home/dana/.config/go/env": 'not_a_setting=«go env ignored»\nGOPRIVATE="«ghp:go env odd»\n',
    "home/dana/shop/go.mod": "require («ghp:go mod error»\nreplace «ghp:go mod replace» =\n",
    "home/dana/.docker/config.json": "{ «docker config odd»",
    "home/dana/.netrc": "password",
}
LATIN = b"export LATIN=caf\xe9\nexport LATIN_TOKEN=\xff%s\n"
