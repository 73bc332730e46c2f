import type { Page } from "@playwright/test";
import type { House } from "#server/house.ts";
import { invite } from "#server/staff/invitations/service.ts";
import { expect, expectAccessible, letSecondFactorAge, test } from "./fixtures.ts";

/** Gives the page a platform authenticator whose owner is always there and recognised. */
async function withPasskeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** The page answers clicks: its scripts have arrived. */
async function arrived(page: Page, at: RegExp): Promise<void> {
  await expect(page).toHaveURL(at);
  await page.waitForLoadState("networkidle");
}

async function invitationFor(house: House, email: string): Promise<string> {
  const ctx = house.contextFor({ kind: "system", name: "journey" });
  return (await invite(ctx, { email, roles: ["owner"] })).path;
}

test("a demo account signs in with password and authenticator code, and comes back to the page it asked for", async ({
  asVisitor,
}) => {
  const page = await asVisitor();
  await page.goto("/desk/audit");
  await arrived(page, /\/desk\/sign-in\?next=/);
  await page.getByLabel("邮箱").fill("auditor@demo.example");
  await page.getByLabel("密码").fill("not the password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("邮箱或密码不对");
  await page.getByRole("button", { name: /审计员（/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("再确认一次是你");
  await expectAccessible(page);
  await page.goto("/desk/audit");
  await arrived(page, /\/desk\/sign-in/);
  await page.getByRole("button", { name: "填入演示验证码" }).click();
  await page.getByRole("button", { name: "验证", exact: true }).click();
  await expect(page).toHaveURL(/\/desk\/audit$/);
});

test("an invited colleague joins with a passkey and shows it again where it matters", async ({ asVisitor, house }) => {
  const page = await asVisitor({ width: 390 });
  await withPasskeys(page);
  const path = await invitationFor(house, "journey-invited@demo.example");
  await page.goto(path);
  await arrived(page, /invitations/);
  await page.getByLabel("怎么称呼你").fill("新来的同事");
  await page.getByLabel("设置密码").fill("password1234");
  await page.getByRole("button", { name: "加入" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("这个密码太常见");
  await page.getByLabel("设置密码").fill("correct horse battery");
  await page.getByRole("button", { name: "加入" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("设置第二重验证");
  await arrived(page, /\/desk\/sign-in$/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "添加通行密钥" }).click();
  await expect(page).toHaveURL(/\/desk$/);
  await page.goto(path);
  await expect(page.getByText("这个邀请链接已失效")).toBeVisible();

  await page.goto("/desk/staff");
  await arrived(page, /\/desk\/staff$/);
  await letSecondFactorAge(house, page);
  await page.getByRole("button", { name: "邀请员工" }).click();
  await page.getByLabel("邮箱").fill("journey-next@demo.example");
  await page.getByLabel("门店店员").check();
  await page.getByRole("button", { name: "生成链接" }).click();
  const prompt = page.getByRole("dialog", { name: "再确认一次是你" });
  await expect(prompt).toBeVisible();
  await expectAccessible(page);
  await prompt.getByRole("button", { name: "用通行密钥验证" }).click();
  await expect(page.getByText("链接只显示这一次")).toBeVisible();
  await page.getByRole("button", { name: "已转交" }).click();

  await page.goto("/desk/account");
  await arrived(page, /\/desk\/account$/);
  await page.getByRole("button", { name: "退出登录" }).click();
  await arrived(page, /\/desk\/sign-in$/);
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  await expect(page).toHaveURL(/\/desk$/);
});

test("a member joins with a passkey and gives nothing; a phone is added and taken away again", async ({
  asVisitor,
}) => {
  const page = await asVisitor({ width: 390 });
  await withPasskeys(page);
  await page.goto("/account");
  await arrived(page, /\/join\?next=%2Faccount$/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "用通行密钥加入" }).click();
  await arrived(page, /\/account$/);
  await page.getByRole("button", { name: "添加手机号" }).click();
  await page.getByRole("textbox", { name: "手机号" }).fill("138 0013 8001");
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByRole("button", { name: "填入" }).click();
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByText("手机号 138****8001")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "移除手机号 138****8001" }).click();
  await expect(page.getByText("手机号 138****8001")).toBeHidden();
  await expect(page.getByRole("button", { name: /移除通行密钥/ })).toBeHidden();
  await page.getByRole("button", { name: "退出登录" }).click();
  await arrived(page, /\/join$/);
  await page.getByRole("button", { name: "已是会员，用通行密钥登录" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("a phone and its code sign in; a wrong code says how many tries are left", async ({ asVisitor }) => {
  const page = await asVisitor({ locale: "en", width: 390 });
  await page.goto("/join");
  await arrived(page, /\/join$/);
  await page.getByRole("textbox", { name: "Mobile number" }).fill("123");
  await page.getByRole("button", { name: "Send a code" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Enter an 11-digit mobile number");
  await page.getByRole("textbox", { name: "Mobile number" }).fill("13900139002");
  await page.getByRole("button", { name: "Send a code" }).click();
  const code = page.getByRole("textbox", { name: "6-digit code" });
  await expect(page.getByRole("button", { name: "Fill in" })).toBeVisible();
  const sent = (await page.getByText(/^Code for 139\*{4}9002/).textContent())?.slice(-6) ?? "";
  await code.fill(String((Number(sent) + 1) % 1_000_000).padStart(6, "0"));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("4 tries are left");
  await page.getByRole("button", { name: "Fill in" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});
