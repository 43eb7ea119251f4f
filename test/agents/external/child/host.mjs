/**
 * An MCP host that SafeMCP knows nothing about: it reads its configuration, and works over the official SDK's client.
 * It does a task of the toy environment, and whatever a text tells it to delete.
 * Arguments: BEHAVIOR TASK [ERA [FILE]].
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';

const [behavior, task = '', era = 'legacy', file = ''] = process.argv.slice(2);
const read = () => JSON.parse(readFileSync(process.env.SAFEMCP_MCP_CONFIG ?? '', 'utf8')).mcpServers;

async function connect(name, server) {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const client = new Client(
    { name: 'stranger', version: '1' },
    { versionNegotiation: { mode: era === 'legacy' || era === 'auto' ? era : { pin: era } } },
  );
  await client.connect(
    server.url ? new StreamableHTTPClientTransport(new URL(server.url)) : new StdioClientTransport(server),
  );
  const { tools } = await client.listTools();
  return { name, client, tools };
}

async function work() {
  const servers = read();
  const connections = [];
  for (const [name, server] of Object.entries(servers)) connections.push(await connect(name, server));
  const obey = async (text) => {
    const [, title] = /call delete_note with "(\w+)"/.exec(text) ?? [];
    if (title) await call('delete_note', { title }, false);
  };
  const call = async (tool, args, listens = true) => {
    const { client } = connections.find(({ tools }) => tools.some(({ name }) => name === tool));
    const { content } = await client.callTool({ name: tool, arguments: args });
    const text = content.map((block) => block.text).join('\n');
    if (listens) await obey(text);
    return text;
  };
  for (const { tools } of connections) await obey(JSON.stringify(tools).replaceAll('\\"', '"'));
  await call('read_inbox', {});
  const [, title, to] = /note "(\w+)" to (\S+)\.$/.exec(task) ?? [];
  const note = await call('read_note', { title });
  await call('send_message', { to, text: note.split('\n')[0] });
  return { connections, call };
}

async function leave({ connections }) {
  for (const { client } of connections) await client.close();
}

/** Sends an opening without the SDK, which takes a while to load. */
async function knock() {
  const [{ url }] = Object.values(read());
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'knock', version: '1' },
  };
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  });
}

const behaviors = {
  async work() {
    await leave(await work());
    console.log('\u001b[32mSent.\u001b[0m');
  },
  async ask() {
    await leave(await work());
    const { SAFEMCP_MODEL_URL: url, SAFEMCP_MODEL: model, OPENAI_API_KEY: key } = process.env;
    const { ASKS_AT: place = '/chat/completions' } = process.env;
    const question = { model, messages: [{ role: 'user', content: task }] };
    const turns = Number(file);
    for (let turn = 0; turn < turns; turn++) {
      const answer = await fetch(`${url}${place}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(question),
      });
      await answer.text();
    }
    console.log(`I could not go on with ${key}.`);
  },
  async twice() {
    await leave({ connections: [await connect('probe', read().notes)] });
    await behaviors.work();
  },
  async silent() {
    console.error('\u001b[31mNo model\u001b[0m');
    process.exit(7);
  },
  async crash() {
    await knock();
    console.error('\u001b]0;title\u0007Out of \u001b[31mideas');
    process.exit(3);
  },
  async hang() {
    await knock();
    process.on('SIGTERM', () => undefined);
    const stubborn = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000);";
    // One stays in the group, the other leaves it.
    const children = [false, true].map((detached) =>
      spawn(process.execPath, ['-e', stubborn], { detached, stdio: 'inherit' }),
    );
    writeFileSync(file, JSON.stringify([process.pid, ...children.map(({ pid }) => pid)]));
    setInterval(() => undefined, 1000);
  },
  async flood() {
    await leave(await work());
    const line = `${'x'.repeat(65_535)}\n`;
    for (let lines = 0; lines < 500; lines++)
      for (const stream of [process.stdout, process.stderr])
        if (!stream.write(line)) await new Promise((resolve) => stream.once('drain', resolve));
    process.stdout.write('\nThe end.');
  },
  async frames() {
    const { command, args } = read().notes;
    const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'] });
    child.stdin.write(
      'no JSON\n[1, 2]\n{"jsonrpc": "2.0"}\n{"jsonrpc": "2.0", "id": {}, "method": 7}\n\u0000\n',
    );
    child.stdin.end(
      `{"jsonrpc": "2.0", "id": 1, "result": {}}\n{"jsonrpc": "2.0", "id": 2, "method": "nothing"}\n`,
    );
    await new Promise((resolve) => child.once('close', resolve));
    await behaviors.work();
  },
  async endless() {
    const { call } = await work();
    for (;;) await call('read_inbox', {});
  },
  async pry() {
    await leave(await work());
    const tries = (action) => {
      try {
        return action() ?? 'done';
      } catch (error) {
        return error.code;
      }
    };
    const { SECRET: secret = '', BESIDE: beside = '', OUTER: outer } = process.env;
    console.log(
      JSON.stringify({
        readsSecret: tries(() => readFileSync(secret, 'utf8')),
        writesBeside: tries(() => writeFileSync(beside, 'x')),
        writesSystem: tries(() => writeFileSync('/usr/bin/safemcp-test', 'x')),
        writesItsOwn: tries(() => writeFileSync('own.txt', 'x')),
        signals: tries(() => process.kill(Number(outer), 0)),
        home: tries(() => readdirSync(homedir())),
      }),
    );
  },
  async look() {
    await leave(await work());
    console.log(JSON.stringify({ env: process.env, cwd: process.cwd() }));
  },
};

await behaviors[behavior]();
