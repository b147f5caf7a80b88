// usage: bench/run [pages] [posts] [plans] [repair] [scans] [memory]: measures the named parts, or all.
import { table, printTable } from "./measure.mjs";

const parts = ["pages", "posts", "plans", "repair", "scans", "memory"];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !parts.includes(part));
if (unknown.length) {
  console.error(`no such part: ${unknown.join(" ")}; there are ${parts.join(", ")}`);
  process.exit(64);
}
for (const part of parts.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const { measure } = await import(`./bench_${part}.mjs`);
  await measure();
}
printTable();
process.exit(table.length ? 0 : 1);
