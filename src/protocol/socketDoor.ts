import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { type Door, type DoorOptions, letIn, maxClients } from './door.ts';

/** Connects its stdin and stdout with the socket that its first argument names, until one of them ends. */
const bridge = `
const socket = require('node:net').connect(process.argv[1]);
socket.on('error', () => process.exit(1));
socket.on('close', () => process.stdin.destroy());
process.stdout.on('error', () => socket.destroy());
process.stdin.pipe(socket);
socket.pipe(process.stdout);
`;

/**
 * A door for hosts that start services as commands: the command is a bridge to a socket in a folder that nobody else
 * may enter (on Windows, to a pipe with a name that nobody can guess).
 * @param folder for the socket
 */
export async function openSocketDoor(options: DoorOptions, folder: string): Promise<Door> {
  const stays = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  let clients = 0;
  const stay = async (socket: Socket): Promise<void> => {
    const visit = await letIn(new StdioServerTransport(socket, socket), 'stdio', options);
    if (socket.destroyed) await visit.end();
    await visit.over;
    socket.destroy();
    sockets.delete(socket);
  };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (++clients > maxClients) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    const whole = stay(socket).finally(() => stays.delete(whole));
    stays.add(whole);
  });
  const address = addressIn(folder);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return {
    entry: {
      kind: 'stdio',
      service: options.source.name,
      command: process.execPath,
      args: ['-e', bridge.trim().replaceAll('\n', ' '), address],
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await Promise.allSettled(stays);
      await closed;
    },
  };
}

/** Short, because paths of sockets may have no more than about 100 characters. */
function addressIn(folder: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\safemcp-${randomUUID()}`;
  return path.join(folder, `${randomUUID().slice(0, 8)}.sock`);
}
