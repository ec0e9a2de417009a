//go:build ignore

// Answers what BuildKit's own front end makes of Dockerfiles: questions as JSON on its input, one
// answer a line. Nothing is built: base images have the configuration that the question gives them.
// How to build it: see README.md beside it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"errors"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
)

type question struct {
	Dockerfile []byte            `json:"dockerfile"`
	Target     string            `json:"target"`
	BuildArgs  map[string]string `json:"build_args"`
	Base       []string          `json:"base"`
	Shell      []string          `json:"shell"`
	Entrypoint []string          `json:"entrypoint"`
	Cmd        []string          `json:"cmd"`
}

type run struct {
	Args []string `json:"args"`
	Env  []string `json:"env"`
	Cwd  string   `json:"cwd"`
	User string   `json:"user"`
}

type answer struct {
	Error      string   `json:"error,omitempty"`
	Line       int      `json:"line,omitempty"`
	Env        []string `json:"env"`
	Entrypoint []string `json:"entrypoint"`
	Cmd        []string `json:"cmd"`
	User       string   `json:"user"`
	Workdir    string   `json:"workdir"`
	Shell      []string `json:"shell"`
	Runs       []run    `json:"runs"`
	Images     []string `json:"images"`
}

type resolver struct {
	q      question
	images []string
}

func (r *resolver) ResolveImageConfig(ctx context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	r.images = append(r.images, ref)
	config := map[string]any{"Env": r.q.Base}
	if r.q.Shell != nil {
		config["Shell"] = r.q.Shell
	}
	if r.q.Entrypoint != nil {
		config["Entrypoint"] = r.q.Entrypoint
	}
	if r.q.Cmd != nil {
		config["Cmd"] = r.q.Cmd
	}
	dt, err := json.Marshal(map[string]any{
		"architecture": "amd64", "os": "linux", "config": config,
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}},
	})
	return ref, "", dt, err
}

func ask(q question) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{Error: fmt.Sprintf("panic: %v", r)}
		}
	}()
	p := platforms.MustParse("linux/amd64")
	meta := &resolver{q: q}
	opt := dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{Target: q.Target, BuildArgs: q.BuildArgs},
		TargetPlatform: &p,
		MetaResolver:   meta,
	}
	if opt.BuildArgs == nil {
		opt.BuildArgs = map[string]string{}
	}
	res, err := dockerfile2llb.Dockerfile2LLB(context.Background(), q.Dockerfile, opt)
	if err != nil {
		a := answer{Error: err.Error()}
		var loc *parser.LocationError
		if errors.As(err, &loc) && len(loc.Locations) > 0 && len(loc.Locations[0]) > 0 {
			a.Line = loc.Locations[0][0].Start.Line
		}
		return a
	}
	c := res.Image.Config
	a = answer{Env: c.Env, Entrypoint: c.Entrypoint, Cmd: c.Cmd, User: c.User, Workdir: c.WorkingDir, Shell: c.Shell, Images: meta.images}
	def, err := res.State.Marshal(context.Background())
	if err != nil {
		return answer{Error: "marshal: " + err.Error()}
	}
	for _, dt := range def.Def {
		var op pb.Op
		if err := op.Unmarshal(dt); err != nil {
			continue
		}
		if e, ok := op.Op.(*pb.Op_Exec); ok {
			m := e.Exec.Meta
			a.Runs = append(a.Runs, run{Args: m.Args, Env: m.Env, Cwd: m.Cwd, User: m.User})
		}
	}
	return a
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	dec := json.NewDecoder(in)
	for {
		var q question
		if err := dec.Decode(&q); err != nil {
			return
		}
		if err := out.Encode(ask(q)); err != nil {
			panic(err)
		}
	}
}
