import { createHmac } from "node:crypto";
import { equal, signIn, test, visit, world } from "../../tests/browser.mjs";

// What an authenticator shows for a base 32 secret.
function codeOf(secret, at = Date.parse(world.environment.SAURO_NOW)) {
  let bits = "";
  for (const letter of secret) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, "0");
}

// The administrator adds an account and hands over its one-time password.
async function newAccount(login, name) {
  const admin = await signIn("quantri");
  await admin.open("/quan-tri/tai-khoan");
  await admin.fill("Họ và tên", name);
  await admin.fill("Tên đăng nhập", login);
  await admin.choose("Đơn vị", "Khoa Xét nghiệm");
  await admin.choose("Vai trò", "Cán bộ");
  await admin.press("Thêm tài khoản");
  await admin.sees("Mật khẩu dùng một lần");
  return { admin, password: await admin.page.locator("code").innerText() };
}

test("a wrong password is answered with a sentence and the login stays", async () => {
  const v = await visit();
  await v.open("/dang-nhap");
  await v.axe();
  await v.shot("dang-nhap");
  await v.fill("Tên đăng nhập", "bientap");
  await v.fill("Mật khẩu", "không phải");
  await v.press("Đăng nhập");
  await v.sees("Tên đăng nhập hoặc mật khẩu không đúng.");
  equal(await v.field("Tên đăng nhập").inputValue(), "bientap");
});

test("signing in leads to the page that was asked for, and never to another site", async () => {
  const v = await visit();
  await v.open("/tai-khoan");
  await v.sees("Đăng nhập");
  await v.fill("Tên đăng nhập", "khoa");
  await v.fill("Mật khẩu", world.password);
  await v.press("Đăng nhập");
  await v.sees("Tài khoản của tôi");
  await v.axe();
  await v.shot("tai-khoan");
  const stranger = await visit();
  await stranger.open("/dang-nhap?tiep=//example.org/x");
  equal(await stranger.page.locator("input[name=tiep]").inputValue(), "/ban-lam-viec");
});

test("a new account must change the password, can then work, and is locked", async () => {
  const { admin, password } = await newAccount("lan.nt", "Nguyễn Thị Lan");
  await admin.shot("mat-khau-mot-lan");
  const lan = await visit();
  await lan.open("/dang-nhap?tiep=/don-vi");
  await lan.fill("Tên đăng nhập", "lan.nt");
  await lan.fill("Mật khẩu", password);
  await lan.press("Đăng nhập");
  await lan.sees("Hãy đổi mật khẩu");
  await lan.fill("Mật khẩu hiện nay", password);
  await lan.fill("Mật khẩu mới", "ngắn");
  await lan.fill("Nhập lại mật khẩu mới", "ngắn");
  await lan.press("Đổi mật khẩu");
  await lan.sees("Mật khẩu phải có ít nhất 8 ký tự.");
  await lan.axe();
  await lan.fill("Mật khẩu hiện nay", password);
  await lan.fill("Mật khẩu mới", "mưa rào đêm hè");
  await lan.fill("Nhập lại mật khẩu mới", "mưa rào đêm hè");
  await lan.press("Đổi mật khẩu");
  await lan.sees("Đã đổi mật khẩu.");
  await lan.open("/don-vi");
  await lan.sees("Khoa Xét nghiệm");
  await lan.seesNot("Khoa Khám bệnh");
  await admin.press("Xem tài khoản");
  await admin.axe();
  await admin.shot("quan-tri-mot-tai-khoan");
  await admin.press("Khóa tài khoản");
  await admin.sees("Đã khóa");
  await lan.page.goto(world.address + "/don-vi");
  await lan.sees("Tên đăng nhập");
});

test("the second factor is set up with a code and asked for at the next sign-in", async () => {
  const { password } = await newAccount("hai.lop", "Trần Văn Hai");
  const v = await signIn("hai.lop", { password });
  await v.fill("Mật khẩu hiện nay", password);
  await v.fill("Mật khẩu mới", "gió mùa đông bắc");
  await v.fill("Nhập lại mật khẩu mới", "gió mùa đông bắc");
  await v.press("Đổi mật khẩu");
  await v.press("Bật xác thực hai lớp");
  await v.press("Bắt đầu");
  const secret = await v.page.locator("code").innerText();
  await v.axe();
  await v.shot("hai-lop");
  await v.fill("Mã 6 số", codeOf(secret));
  await v.press("Bật xác thực hai lớp");
  await v.sees("Mã dự phòng");
  const recovery = (await v.page.locator("code").allInnerTexts())[0];
  await v.shot("ma-du-phong");
  const again = await signIn("hai.lop", { password: "gió mùa đông bắc" });
  await again.sees("Mã xác nhận");
  await again.axe();
  await again.fill("Mã xác nhận", "000000");
  await again.press("Xác nhận");
  await again.sees("Mã không đúng hoặc đã dùng.");
  await again.page.goto(world.address + "/tai-khoan");
  await again.sees("Đăng nhập");
  await again.open("/dang-nhap/ma?tiep=/tai-khoan");
  await again.fill("Mã xác nhận", recovery);
  await again.press("Xác nhận");
  await again.sees("Còn 9 mã dự phòng");
});

test("staff do not see the administration; signing out ends the session", async () => {
  const v = await signIn("khoa");
  await v.page.goto(world.address + "/quan-tri/tai-khoan");
  await v.seesNot("Thêm tài khoản");
  await v.open("/tai-khoan");
  await v.page.locator("summary.who").click();
  await v.press("Đăng xuất");
  await v.sees("Anh/chị đã đăng xuất.");
  await v.page.goto(world.address + "/tai-khoan");
  await v.sees("Tên đăng nhập");
});

test("the list of accounts finds a person without accents", async () => {
  const v = await signIn("quantri");
  await v.open("/quan-tri");
  await v.axe();
  await v.shot("quan-tri");
  await v.press("Tài khoản");
  await v.axe();
  await v.shot("quan-tri-tai-khoan");
  await v.open("/quan-tri/tai-khoan?tim=tran+thi+lanh");
  await v.sees("Trần Thị Lành");
  await v.seesNot("Hoàng Thị Khoa");
});

test("the administrator sees the background jobs and the steps of the tables", async () => {
  const v = await signIn("quantri");
  await v.open("/quan-tri");
  await v.press("Công việc nền");
  await v.sees("Hàng đợi");
  await v.axe();
  await v.shot("cong-viec-nen");
  await v.open("/quan-tri/phien-ban");
  await v.sees("person");
  await v.axe();
  await v.shot("phien-ban");
});
