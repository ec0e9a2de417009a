"""What kubectl and GitHub's own reader of workflows take scalars and workflows for.

Needs `kubectl` (no cluster is asked), and a folder with `@actions/workflow-parser` installed by
npm, named by `PRECEDENT_WORKFLOW_PARSER`. `python -m tests.real.manifest_answers` asks both
again and records their answers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "gather"
KUBERNETES = TESTS / "kubernetes" / "answers" / "scalars.json"
GITHUB = TESTS / "ci" / "answers" / "scalars.json"
WORKFLOWS = TESTS / "ci" / "answers" / "workflows.json"
SHAPES = TESTS / "ci" / "workflows"
PARSER = Path(os.environ.get("PRECEDENT_WORKFLOW_PARSER", "/nowhere"))

SCALARS = """
abc|1|1.20|1.0|3.10|10|0.1|.5|1.|-1|-0|+1|+1.5|007|08|0777|0o17|0o8|0x1F|0xg|0x|0xFFFFFFFF|1_000
0b1|1e3|1e+3|1E3|1.5e3|1e-7|0.00001|0.0001|1e400|123456789012345|1234567890123456|0.1234567890123456
12345678901234567890|yes|Yes|y|Y|n|no|on|On|off|true|True|TRUE|tRUE|false|null|Null|nULL|~|~x|''|""
"1"|'yes'|"true"|1:30|190:20:30|2001-01-01|2001-01-01T00:00:00Z|.inf|+.inf|.nan|.|_1|1_|1 2|1,000
v1.2.3|1.2.3|=|<|<<|!!str 1|!!int "1"|!foo x|[a]|{a: b}|a#b|a #b|"a\\tb"|'it''s'|$(A)
${A}|"\\u00e9"|é
"""

_MANIFEST = """\
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
  - name: app
    image: shop
    env:
    - name: A
      value: %s
"""
_WORKFLOW = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      A: %s
    steps:
    - run: env
"""
_SCRIPT = """\
import {register} from 'node:module';
import fs from 'node:fs';
const hooks = `
export async function load(url, context, next) {
  const importAttributes = url.endsWith('.json') ? {type: 'json'} : context.importAttributes;
  return next(url, {...context, importAttributes});
}`;
register('data:text/javascript,' + encodeURIComponent(hooks));
const {parseWorkflow, convertWorkflowTemplate} = await import('@actions/workflow-parser');
const quiet = {error() {}, info() {}, verbose() {}};
function env(token) {
  const rows = [];
  for (let at = 0; token && at < token.count; at++) {
    const {key, value} = token.get(at);
    rows.push([key.toString(), value.isExpression ? null : value.toString(), key.range.start.line]);
  }
  return rows;
}
function step(each) {
  const run = each.run && !each.run.isExpression ? each.run.toString() : null;
  return {uses: each.uses?.value ?? null, run, env: env(each.env)};
}
const answers = [];
for (const content of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const read = parseWorkflow({name: 'x.yml', content}, quiet);
  if (!read.value || read.context.errors.getErrors().length) {
    answers.push(null);
    continue;
  }
  const options = {errorPolicy: 1, fetchReusableWorkflowDepth: 0};
  const found = await convertWorkflowTemplate(read.context, read.value, undefined, options);
  const jobs = found.jobs.map((job) => ({
    id: job.id.value, env: env(job.env), steps: (job.steps ?? []).map(step),
  }));
  answers.push({env: env(found.env), jobs});
}
console.log(JSON.stringify(answers));
"""


def scalars():
    return [each for line in SCALARS.strip().split("\n") for each in line.split("|")]


def missing():
    """Name what is needed and is not there."""
    needed = {
        "kubectl": shutil.which("kubectl"),
        "node": shutil.which("node"),
        "@actions/workflow-parser": (PARSER / "node_modules/@actions/workflow-parser").is_dir(),
    }
    return [name for name, found in needed.items() if not found]


def ask_kubectl(scalar):
    """Give the value that a variable gets, or None where kubectl refuses the manifest."""
    answer = subprocess.run(
        ["kubectl", "set", "env", "--local", "-f", "-", "--list"],
        input=(_MANIFEST % scalar).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    lines = answer.stdout.decode().splitlines()
    return lines[-1].removeprefix("A=") if answer.returncode == 0 else None


def ask_github(contents):
    """Give what GitHub's reader makes of workflows; None for each that it refuses."""
    script = PARSER / "ask.mjs"
    script.write_text(_SCRIPT)
    answer = subprocess.run(
        ["node", script],
        input=json.dumps(contents).encode(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    return json.loads(answer.stdout)


def github_scalars():
    found = ask_github([_WORKFLOW % scalar for scalar in scalars()])
    return {
        scalar: answer and answer["jobs"][0]["env"][0][1]
        for scalar, answer in zip(scalars(), found, strict=True)
    }


def github_workflows():
    files = sorted(SHAPES.glob("*.yml"))
    found = ask_github([file.read_text() for file in files])
    return {file.name: answer for file, answer in zip(files, found, strict=True)}


def main():
    if missing():
        sys.exit(f"not there: {', '.join(missing())}")
    for file, answers in (
        (KUBERNETES, {scalar: ask_kubectl(scalar) for scalar in scalars()}),
        (GITHUB, github_scalars()),
        (WORKFLOWS, github_workflows()),
    ):
        file.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
