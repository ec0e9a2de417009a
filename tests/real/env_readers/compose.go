// Answers {"content": base64, "environment": {}} line by line, as compose-go's package dotenv reads
// it. In a checkout of compose-spec/compose-go: put it into a folder `ask`, `go build ./ask`.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"

	"github.com/compose-spec/compose-go/v2/dotenv"
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
		lookup := func(name string) (string, bool) {
			value, found := asked.Environment[name]
			return value, found
		}
		read, err := dotenv.ParseWithLookup(bytes.NewReader(asked.Content), lookup)
		if err != nil {
			out.Encode(map[string]any{"refused": err.Error()})
			continue
		}
		values := map[string][]byte{}
		for name, value := range read {
			if name != "" {
				values[name] = []byte(value)
			}
		}
		out.Encode(map[string]any{"read": values})
	}
}
