// The same questions and answers as worker.py, for a peer that runs in node.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

export async function answer(packageName, load) {
  if (process.argv[2] === "--once") return once(load);
  let judge, data, documents, timedOnes;
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    let reply;
    if (question.load) {
      const said = JSON.parse(readFileSync(question.load.said));
      const started = performance.now();
      judge = load(said);
      const seconds = (performance.now() - started) / 1000;
      data = question.load.documents.map((file) => readFileSync(file, "utf8"));
      documents = data.map(judge.read);
      timedOnes = question.load.timed;
      reply = { seconds, version: version(packageName) };
    } else if (question.time) {
      reply = await timed(judge, question, data, documents, timedOnes);
    } else {
      const verdicts = [];
      for (const document of documents) verdicts.push(await judge.judge(document));
      reply = { verdicts };
    }
    console.log(JSON.stringify(reply));
  }
}

async function timed(judge, question, data, documents, count) {
  const [started, cpu, fresh] = [performance.now(), process.cpuUsage(), question.time === "bytes"];
  let done = 0;
  while (performance.now() - started < question.seconds * 1000) {
    const nth = done++ % count;
    const answered = judge.judge(fresh ? judge.read(data[nth]) : documents[nth]);
    if (answered instanceof Promise) await answered;
  }
  const used = process.cpuUsage(cpu);
  return { documents: done, cpu: (used.user + used.system) / 1e6, wall: (performance.now() - started) / 1000 };
}

async function once(load) {
  const [rules, facts] = process.argv.slice(3).map((file) => readFileSync(file, "utf8"));
  const judge = load(JSON.parse(rules));
  console.log(JSON.stringify(await judge.judge(judge.read(facts))));
}

function version(packageName) {
  const found = createRequire(import.meta.url).resolve.paths(packageName);
  for (const folder of found) {
    try {
      return JSON.parse(readFileSync(`${folder}/${packageName}/package.json`)).version;
    } catch {}
  }
  return "";
}
