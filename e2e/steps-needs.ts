import type { Page } from 'playwright-core';

/** An office takes the first need of the list that nobody has; answers how it stands then. */
export async function takeNeed(office: Page, url: string): Promise<string> {
  await office.goto(`${url}/needs`);
  await office.getByRole('row').filter({ hasText: '没人接' }).first().click();
  const drawer = office.getByRole('dialog');
  const take = drawer.getByRole('button', { name: '我来办' });
  await take.click();
  await take.waitFor({ state: 'detached' });
  return (await drawer.getByRole('definition').first().textContent()) ?? '';
}

/** A traveller tells a difficulty on the ticket's page, the link in hand; answers how it stands there. */
export async function tellOnTicket(phone: Page, ticket: string, text: string): Promise<string> {
  await phone.goto(ticket);
  await phone.getByRole('link', { name: '有困难' }).click();
  await phone.getByLabel('吃住').check();
  await phone.getByRole('textbox').fill(text);
  await phone.getByRole('button', { name: '送出' }).click();
  return (await phone.getByRole('article').first().textContent()) ?? '';
}

/** An office reads what was told and answers. */
export async function answerTold(office: Page, url: string, told: string, answer: string): Promise<void> {
  await office.goto(`${url}/needs`);
  await office.getByRole('tab', { name: '困难反馈' }).click();
  const rows = office.getByRole('row').filter({ hasText: '没人接' }).filter({ hasText: '吃住' });
  await rows.first().waitFor();
  for (let i = (await rows.count()) - 1; i >= 0; i--) {
    await rows.nth(i).click();
    const drawer = office.getByRole('dialog');
    await drawer.getByText('本人说', { exact: true }).waitFor();
    if ((await drawer.getByText(told).count()) > 0) {
      await drawer.getByLabel('答复').fill(answer);
      await drawer.getByRole('button', { name: '答复本人' }).click();
      await drawer.getByText('等本人确认').waitFor();
      return;
    }
    await office.keyboard.press('Escape');
  }
  throw new Error('nobody has told it');
}

/** The traveller reads the answer and says that it is solved. */
export async function confirmOnTicket(phone: Page, ticket: string, answer: string): Promise<string> {
  await phone.goto(`${ticket}/difficulty`);
  const article = phone.getByRole('article').filter({ hasText: answer });
  await article.getByRole('button', { name: '解决了' }).click();
  return (await phone.getByRole('article').filter({ hasText: answer }).textContent()) ?? '';
}
