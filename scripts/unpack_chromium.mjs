// Unpacks the headless browser that @sparticuz/chromium carries: node unpack_chromium.mjs FOLDER (run beside node_modules).
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const target = process.argv[2];
const source = join(process.cwd(), 'node_modules', '@sparticuz', 'chromium', 'bin');
const unpack = (name) => brotliDecompressSync(readFileSync(join(source, name)));

mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'chromium'), unpack('chromium.br'));
chmodSync(join(target, 'chromium'), 0o755);
for (const name of ['al2023.tar.br', 'swiftshader.tar.br']) {
    const archive = join(target, 'part.tar');
    writeFileSync(archive, unpack(name));
    execFileSync('tar', ['-xf', archive, '-C', target, '--no-same-owner']);
}
