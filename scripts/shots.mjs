// Takes screenshots: node shots.mjs BASE OUT WIDTH HEIGHT USER TABLE NAME…   (USER empty: the one the table names)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { chromium } = createRequire(join(process.env.NODE_TOOLS, 'node_modules', '/'))('playwright-core');
const [base, out, width, height, forcedUser, table, ...wanted] = process.argv.slice(2);
const MINUTE = 60_000;

function readScreens() {
    const lines = readFileSync(table, 'utf8').split('\n').filter((line) => line.trim() && !line.startsWith('#'));
    const screens = lines.map((line) => {
        const [name, path, selector, user] = line.split('|').map((cell) => cell.trim());
        return { name, path, selector, user: forcedUser || user };
    });
    if (wanted.includes('all')) {
        return screens;
    }
    const unknown = wanted.filter((name) => !screens.some((screen) => screen.name === name));
    if (unknown.length) {
        console.error(`No such screen: ${unknown.join(', ')}. Known: ${screens.map((screen) => screen.name).join(', ')}`);
        process.exit(1);
    }
    return screens.filter((screen) => wanted.includes(screen.name));
}

async function login(browser, user, problems) {
    const context = await browser.newContext({
        viewport: { width: Number(width), height: Number(height) }, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'UTC',
    });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && problems.push(`${page.screen}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`${page.screen}: ${error}`));
    page.screen = `login as ${user}`;
    await page.goto(`${base}/web/login`, { timeout: 3 * MINUTE });
    await page.fill('input[name=login]', user);
    await page.fill('input[name=password]', user);
    await page.click('.oe_login_form button[type=submit]');
    await page.waitForSelector('.o_main_navbar, .o_portal, .alert-danger', { timeout: 4 * MINUTE });
    if (await page.$('.oe_login_form')) {
        throw new Error(`${user} cannot log in (the password should equal the login)`);
    }
    return page;
}

// {ref:module.name} in a path becomes the record's id; people may not read xml ids, so the administrator asks.
async function resolve(path, admin) {
    for (const [placeholder, xmlid] of path.matchAll(/\{ref:([\w.]+)\}/g)) {
        const [module, name] = xmlid.split('.');
        const body = { jsonrpc: '2.0', params: {
            model: 'ir.model.data', method: 'search_read',
            args: [[['module', '=', module], ['name', '=', name]], ['res_id']], kwargs: {},
        } };
        const answer = await (await admin.request.post(`${base}/web/dataset/call_kw`, { data: body })).json();
        if (!answer.result?.length) {
            throw new Error(`there is no record ${xmlid} in this database`);
        }
        path = path.replace(placeholder, answer.result[0].res_id);
    }
    return path;
}

// The bus keeps the network busy for ever: wait for what is seen, never for silence on the network.
async function shoot(page, screen, path) {
    page.screen = screen.name;
    await page.goto(base + path, { waitUntil: 'domcontentloaded', timeout: MINUTE });
    await page.waitForSelector(screen.selector, { timeout: MINUTE });
    await page.waitForFunction(() => !document.querySelector('.o_loading_indicator, .o_blockUI'), null, { timeout: MINUTE });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(out, `${screen.name}.png`) });
}

const screens = readScreens();
const problems = [];
const pages = {};
const browser = await chromium.launch({
    executablePath: process.env.BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
});
for (const screen of screens) {
    const start = Date.now();
    try {
        if (screen.path.includes('{ref:')) {
            pages.admin ??= await login(browser, 'admin', problems);
        }
        const page = (pages[screen.user] ??= await login(browser, screen.user, problems));
        await shoot(page, screen, await resolve(screen.path, pages.admin));
        console.log(`${join(out, screen.name)}.png  ${screen.user}  ${((Date.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
        problems.push(`${screen.name}: ${String(error).split('\n')[0]}`);
        await pages[screen.user]?.screenshot({ path: join(out, `${screen.name}.failed.png`) }).catch(() => {});
    }
}
await browser.close();
if (problems.length) {
    console.log(`\nProblems:\n  ${problems.join('\n  ')}`);
    process.exit(1);
}
