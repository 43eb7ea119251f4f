import { createServer } from 'node:net';

/** A provider in a process of its own, as real ones are: answers every request after so many milliseconds. */
const callMs = Number(process.argv[2]);
const body = JSON.stringify({
  id: 'x',
  object: 'chat.completion',
  created: 0,
  model: 'slow',
  choices: [{ index: 0, message: { role: 'assistant', content: 'I look.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 300, completion_tokens: 3, total_tokens: 303 },
});
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
/** Begins every request; its text occurs nowhere else in them. */
const opening = 'POST /v1/chat/completions HTTP/1.1';

// On bare sockets: what it takes of the processor is missing to what is measured, where there are few of them.
const server = createServer({ noDelay: true }, (socket) => {
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    if (chunk.includes(opening)) setTimeout(() => socket.write(answer), callMs);
  });
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit());
