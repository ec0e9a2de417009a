"""The programs that read `.env` files, asked what they make of one.

`PRECEDENT_ENV_READERS` names a folder with what there is of these; each that is missing is skipped:

    compose-dotenv     built from compose.go here, in a checkout of compose-spec/compose-go
    direnv-dotenv      built from direnv.go here, in a checkout of direnv/direnv
    python-dotenv/     `pip install --no-deps --target python-dotenv python-dotenv`
    node_modules/      `npm install dotenv`

The programs docker, direnv, node and bash are found on PATH, docker-compose 1 and systemd's library
where Debian puts them. `python -m tests.real.env_readers` asks them all about the cases again and
records their answers; `python -m tests.real.env_readers 1 2000` compares 2000 files of seed 1.
"""
