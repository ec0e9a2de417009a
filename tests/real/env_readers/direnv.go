// Answers {"content": base64, "environment": {}} line by line, as direnv's package dotenv reads it.
// In a checkout of direnv/direnv, whose module has its path: put it into a folder `ask`, then
// `go build ./ask`.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"github.com/direnv/direnv/v2/pkg/dotenv"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var asked struct {
			Content     []byte
			Environment map[string]string
		}
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			panic(err)
		}
		os.Clearenv()
		for name, value := range asked.Environment {
			os.Setenv(name, value)
		}
		read, err := dotenv.Parse(string(asked.Content))
		if err != nil {
			out.Encode(map[string]any{"refused": err.Error()})
			continue
		}
		values := map[string][]byte{}
		for name, value := range read {
			values[name] = []byte(value)
		}
		out.Encode(map[string]any{"read": values})
	}
}
