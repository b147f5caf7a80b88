// The main job: a plan file goes in, a task is proved, a report comes out; with and without JavaScript.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { test, signIn, visit, equal, world } from "../../tests/browser.mjs";

const given = join(world.root, "../shared/plans/files/003.docx");
const plan = existsSync(given) ? { file: given, tasks: 11, quarterly: 6 }
  : { file: join(world.root, "samples/ke-hoach-mau.docx"), tasks: 9, quarterly: 1 };

function crc(bytes) {
  let c = ~0;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return ~c >>> 0;
}

// A photo that no other test sends: the same one proves only once.
function photo(name, shade) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(64, 0);
  head.writeUInt32BE(48, 4);
  head[8] = 8;
  head[9] = 2;
  const rows = Buffer.alloc(48 * (1 + 64 * 3), shade);
  for (let y = 0; y < 48; y++) rows[y * 193] = 0;
  const path = join(world.folder, name);
  writeFileSync(path, Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]));
  return path;
}

async function throughTheYear(people, options, shade) {
  const daumoi = await signIn(people.daumoi, options);
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.shot("ke-hoach-nhap");
  await daumoi.attach("Tệp kế hoạch", plan.file);
  await daumoi.press("Đọc tệp");
  await daumoi.sees(`Đã tách ${plan.tasks} nhiệm vụ`);
  await daumoi.axe();
  await daumoi.shot("ke-hoach-kiem-tra");
  await daumoi.page.locator("#t0 summary").click();
  await daumoi.fill("Rõ người (chủ trì), nhiệm vụ 1", "Khoa Khám bệnh");
  await daumoi.press("Lưu nháp");
  await daumoi.sees("Đã lưu nháp");
  await daumoi.page.locator("#t0 summary").click();
  await daumoi.sees("Khớp: Khoa Khám bệnh");
  await daumoi.press("Xác nhận");
  if ((await daumoi.count("text=Vẫn xác nhận")) > 0) await daumoi.press("Vẫn xác nhận");
  await daumoi.sees("Đã xác nhận kế hoạch");
  equal(await daumoi.count("#nv tbody tr:not(.sec)"), plan.tasks, "tasks of the plan");
  const periods = await daumoi.page.locator("#nam tbody tr").evaluateAll((rows) => rows.map((r) => r.querySelectorAll("svg.occ").length));
  equal(periods.filter((n) => n === 4).length >= plan.quarterly, true, `tasks with four periods among ${periods}`);
  await daumoi.axe();
  await daumoi.shot("ke-hoach");
  const address = new URL(daumoi.page.url()).pathname;

  const khoa = await signIn(people.khoa, options);
  await khoa.open(address);
  const title = await khoa.page.locator("#nv tbody tr:not(.sec)", { hasText: "Khoa Khám bệnh" }).first().locator("a.name").innerText();
  await khoa.press(title);
  await khoa.axe();
  await khoa.attach("Chụp hoặc chọn ảnh, tệp", photo(`${people.khoa}-1.png`, shade));
  await khoa.fill(/^Ghi chú/, "Đã phổ biến tại giao ban.");
  await khoa.press("Nộp kết quả");
  await khoa.sees("Chờ duyệt");
  const task = new URL(khoa.page.url());

  const lanhdao = await signIn(people.lanhdao, options);
  await lanhdao.open("/ban-lam-viec");
  await lanhdao.sees(title);
  await lanhdao.open(task.pathname + task.search);
  await lanhdao.fill("Lý do trả lại", "Ảnh chưa rõ, đề nghị chụp lại.");
  await lanhdao.press("Trả lại");
  await khoa.open(task.pathname + task.search);
  await khoa.sees("Ảnh chưa rõ, đề nghị chụp lại.");
  await khoa.shot("nhiem-vu-tra-lai");
  await khoa.attach("Chụp hoặc chọn ảnh, tệp", photo(`${people.khoa}-2.png`, shade + 3));
  await khoa.press("Nộp kết quả");
  await lanhdao.open(task.pathname + task.search);
  await lanhdao.press("Duyệt kết quả");
  await lanhdao.sees("Đã xong");
  await lanhdao.shot("nhiem-vu");

  await daumoi.open(`/bao-cao/${people.unit}/2026-Q1`);
  await daumoi.axe();
  await daumoi.shot("bao-cao");
  const file = readFileSync(await daumoi.download("DOCX"));
  equal(file.subarray(0, 2).toString(), "PK", "first bytes of the Word file");
  const pdf = readFileSync(await daumoi.download("PDF"));
  equal(pdf.subarray(0, 5).toString(), "%PDF-", "first bytes of the PDF file");
}

test("a plan file becomes tasks, a proof is returned and approved, the report comes out", async () => {
  await throughTheYear({ daumoi: "daumoi", khoa: "khoa", lanhdao: "lanhdao", unit: "ttytsh" }, {}, 90);
});

test("the same without JavaScript, at another centre, on a phone", async () => {
  await throughTheYear({ daumoi: "daumoi2", khoa: "khoa2", lanhdao: "lanhdao2", unit: "ttytbn" },
    { javascript: false, width: 390, height: 844 }, 140);
});

test("the same file again is told so, and leads to the first import", async () => {
  const daumoi = await signIn("daumoi");
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.attach("Tệp kế hoạch", plan.file);
  await daumoi.press("Đọc tệp");
  await daumoi.sees("Tệp này đã được nhập trước đây");
  await daumoi.press("Mở bản đã nhập");
  equal(/\/ke-hoach\/\d+$/.test(daumoi.page.url()), true, daumoi.page.url());
});

test("files that are no plan get a sentence, and nothing is stored", async () => {
  const daumoi = await signIn("daumoi");
  const cases = [
    ["rong.docx", Buffer.alloc(0), "Tệp không có chữ nào"],
    ["anh.pdf", Buffer.from("%PDF-1.4\nkhông phải PDF"), "Không đọc được"],
    ["nham.docx", Buffer.from("89504e470d0a1a0a00", "hex"), "ảnh"],
  ];
  for (const [name, bytes, words] of cases) {
    const path = join(world.folder, name);
    writeFileSync(path, bytes);
    await daumoi.open("/ke-hoach/nhap");
    await daumoi.attach("Tệp kế hoạch", path);
    await daumoi.press("Đọc tệp");
    await daumoi.sees(words);
  }
  await daumoi.open("/ke-hoach");
  for (const [name] of cases) await daumoi.seesNot(name);
});

test("a wrong date keeps what was typed; tasks can be added, split and removed", async () => {
  const daumoi = await signIn("daumoi");
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.attach("Tệp kế hoạch", join(world.root, "samples/ke-hoach-mau.pdf"));
  await daumoi.press("Đọc tệp");
  const count = async () => daumoi.count("details.fold-row");
  const before = await count();
  await daumoi.press("Thêm nhiệm vụ");
  equal(await count(), before + 1, "tasks after adding");
  await daumoi.fill(`Rõ việc, nhiệm vụ ${before + 1}`, "Lập hộp thư góp ý tại quầy tiếp đón");
  await daumoi.fill(`Rõ thời gian, nhiệm vụ ${before + 1}`, "Tháng 6/2026");
  await daumoi.press("Lưu nháp");
  await daumoi.page.locator("#t0 summary").click();
  await daumoi.press("Tách làm hai: nhiệm vụ 1");
  equal(await count(), before + 2, "tasks after splitting");
  await daumoi.page.locator(`#t${before} summary`).click(); // its key stays
  await daumoi.press(`Xóa: nhiệm vụ ${before + 2}`);
  equal(await count(), before + 1, "tasks after removing");
  await daumoi.fill("Ngày ban hành", "31/9/2026");
  await daumoi.press("Xác nhận");
  await daumoi.sees("Ngày này không có thật");
  equal(await daumoi.field("Ngày ban hành").inputValue(), "31/9/2026", "what was typed");
  await daumoi.press("Bỏ bản này");
  await daumoi.seesNot("ke-hoach-mau.pdf");
});

test("plans are not shown to other centres, nor to nobody", async () => {
  const other = await signIn("khoa2");
  await other.open("/ke-hoach/2");
  equal(other.status, 404, "another centre's plan");
  const nobody = await visit();
  await nobody.open("/ke-hoach");
  await nobody.sees("Đăng nhập");
});

test("a task added on the plan's page stands in the plan", async () => {
  const daumoi = await signIn("daumoi");
  await daumoi.open("/ke-hoach/2");
  const before = await daumoi.count("#nv tbody tr:not(.sec)");
  await daumoi.press("Thêm nhiệm vụ");
  await daumoi.sees("Thuộc kế hoạch 112/KH-TTYTSH");
  await daumoi.fill("Việc phải làm", "Đặt hộp thư góp ý tại quầy tiếp đón");
  await daumoi.page.getByLabel(/^Ngày đến hạn/).fill("30/6/2026");
  await daumoi.press("Lưu nhiệm vụ");
  await daumoi.open("/ke-hoach/2");
  equal(await daumoi.count("#nv tbody tr:not(.sec)"), before + 1, "tasks of the plan");
});
