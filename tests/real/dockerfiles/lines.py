"""Lines that Dockerfiles are drawn from: ordinary ones, and odd ones that may be refused."""

from __future__ import annotations

RUNS = """
RUN make all
RUN ["go", "build"]
RUN
RUN [broken
RUN bash -lc 'make'
RUN --mount=type=cache,target=/c make
run echo $A
RUN ["bash", "-lc", "x"]
RUN echo <<EOF
RUN  a  b
RUN x
""".strip().split("\n")
COMMANDS = ["a $A", '["a", "b"]', '["a", "$A"]', "[]", "", '["\\u0041"]', "['a']", '["a",]', "[ ]"]
ODD_COMMANDS = ['["a", 1]', "[null]", '[["a"]]', "[1e999]", '["a"] b', "[true]", '[ "\\ud800" ]']
OTHERS = """
WORKDIR sub
WORKDIR /a/../b
WORKDIR /
USER dana
LABEL a=b
EXPOSE 80
STOPSIGNAL SIGTERM
MAINTAINER x
HEALTHCHECK NONE
HEALTHCHECK --interval=5s CMD true
ADD a b
COPY ["a", "b"]

""".lstrip("\n").split("\n")
ODD = """
FOO bar
ENV
ENV A
ENV =x
ENV A=1 B
ARG
ARG =
USER
WORKDIR
COPY a
EXPOSE x
EXPOSE 80/tcp 1-3
EXPOSE 3-1
EXPOSE 127.0.0.1:80:80
EXPOSE [::1]:80:80
EXPOSE 1:2:3:4
EXPOSE 70000
EXPOSE 80/foo
EXPOSE $A
EXPOSE 8000-8002:80-82
STOPSIGNAL FOO
STOPSIGNAL 0
STOPSIGNAL 9
STOPSIGNAL sigrtmin+3
STOPSIGNAL --x kill
HEALTHCHECK
HEALTHCHECK NONE x
HEALTHCHECK CMD
HEALTHCHECK CMD []
HEALTHCHECK FOO x
HEALTHCHECK --interval=5 CMD x
HEALTHCHECK --interval=1us CMD x
HEALTHCHECK --interval=1h1m CMD x
HEALTHCHECK --retries=-1 CMD x
HEALTHCHECK --retries=x CMD x
HEALTHCHECK CMD ["a"]
ONBUILD
ONBUILD ONBUILD RUN x
ONBUILD FROM a
ONBUILD FOO x
ONBUILD ENV A=$A
ONBUILD COPY --from=build a b
ADD --foo a b
ADD --unpack a b
ADD --unpack=x a b
ADD --keep-git-dir= a b
ADD --exclude=a --exclude=b a b
COPY --link --link a b
COPY --from=9 a b
COPY --from=-1 a b
COPY --from= a b
COPY --from=$A a b
COPY --from=debian a b
COPY --from=Debian a b
COPY --from=build /a /b
COPY --from=0 /a /b
COPY --chmod=9 a b
COPY --chmod=0755 a b
COPY --chmod=u+x a b
COPY --chmod=a+rwx,g-w a b
COPY --chmod=foo a b
COPY --chmod=$A a b
COPY --chown=$A a b
COPY a <<EOF
COPY ["a"]
COPY --
COPY -- a b
# comment
RUN [1]
RUN []
RUN --network=none x
RUN --network=foo x
RUN --security=insecure x
RUN --security=foo x
RUN --device=a,required x
RUN --device=a,b=c x
RUN --mount=type=foo x
RUN --mount=x x
RUN --mount= x
RUN --mount x
RUN --mount=type=secret,id=a x
RUN --mount=type=secret x
RUN --mount=type=secret,id=a,required x
RUN --mount=type=secret,id=a,src=b x
RUN --mount=type=ssh,required=true x
RUN --mount=required,target=/a x
RUN --mount=target=/a,mode=0755 x
RUN --mount=type=cache,target=/a,mode=0955 x
RUN --mount=type=cache,target=/a,uid=$A x
RUN --mount=type=cache,target=/a,sharing=locked x
RUN --mount=type=bind,target=/a,sharing=locked x
RUN --mount=type=cache,target=/a,sharing=foo x
RUN --mount=type=tmpfs,target=/a,size=10m x
RUN --mount=type=tmpfs,target=/a,size=foo x
RUN --mount=target=/a,size=1 x
RUN --mount=from=build,target=/a x
RUN --mount=from=$A,target=/a x
RUN --mount=from=Debian,target=/a x
RUN --mount=target=/a,ro=maybe x
RUN --mount=target=/a,ro,foo=x y
RUN --mount="type=cache,target=/a" x
RUN --mount='target="/a,b"' x
RUN --mount=target=/ x
RUN --mount=type=$A,target=/a x
VOLUME []
VOLUME [""]
VOLUME /a $B
ENV $A=1
ENV ${Z}=1
ENV $C=$C
ARG HTTP_PROXY
ARG SOURCE_DATE_EPOCH
ARG http_proxy=x
ENV B=$HTTP_PROXY
ARG TARGETOS TARGETSTAGE
ARG BUILDKIT_SBOM_SCAN_STAGE=true
LABEL x
LABEL $A=b
SHELL bash
SHELL []
SHELL
USER a b
USER ${A:?no}
WORKDIR $A
CMD --x
ENTRYPOINT ["a"] b
MAINTAINER
""".strip().split("\n")
ODD_BASES = """
$A
${B:-debian}
0
Debian
a:$X
"debian"
a/b@sha256:0123456789012345678901234567890123456789012345678901234567890123
a@sha256:abc
a__b
a___b
-a
localhost/x
A.b/c
a/B
scratch:latest
SCRATCH
a:tag:x
a//b
index.docker.io/x
[::1]:5000/x
0123456789012345678901234567890123456789012345678901234567890123
golang AS
golang foo bar
golang as 1x
base-$TARGETARCH
""".strip().split("\n")
PLATFORMS = """
linux/amd64
$BUILDPLATFORM
linux
amd64
foo
linux/arm/v7
linux/arm/v7/x
windows(10.0)/amd64
*
$A
linux/
""".strip().split("\n")
