import { z } from 'zod';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { address } from './address.ts';
import { forwardingTool } from './forwardingTool.ts';
import { addressIn, type Mail, type Mailbox, mailFolders } from './mailbox.ts';

const mailId = z.string().max(64).describe('The ID that list_mails and search_mails show');
const addresses = z.array(address).max(50);
const body = z.string().max(100_000).describe('The text of the mail, as plain text');
const attachments = z
  .array(z.object({ name: z.string().min(1).max(200), text: z.string().max(200_000) }))
  .max(10)
  .optional()
  .describe('Text files to send along');
const folder = z.enum(mailFolders);
const limit = z.number().int().min(1).max(100).default(25).describe('Greatest number of mails to show');

const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const sends = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
const changes = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false };

export const mailInfo: ServiceInfo = {
  name: 'mail',
  title: "The user's mail account",
  tools: [
    'list_mails',
    'search_mails',
    'read_mail',
    'read_attachment',
    'send_mail',
    'reply_mail',
    'move_mail',
    'delete_mail',
  ],
};

export function mailService(mailbox: Mailbox): ServiceSource {
  return {
    kind: 'tools',
    name: mailInfo.name,
    instructions: "Gives access to the user's mail account. A mail that has been sent cannot be called back.",
    tools: [
      ...readingTools(mailbox),
      ...sendingTools(mailbox),
      ...filingTools(mailbox),
      forwardingTool(mailbox),
    ],
  };
}

function readingTools(mailbox: Mailbox) {
  return [
    defineTool({
      name: 'list_mails',
      title: 'List mails',
      description: 'Lists the mails of a folder, the newest first, with ID, sender, subject and date.',
      input: z.object({ folder: folder.default('inbox'), limit }),
      annotations: reads,
      run: (args) => listing(inFolder(mailbox, args.folder), args.limit),
    }),
    defineTool({
      name: 'search_mails',
      title: 'Search mails',
      description:
        'Finds mails in all folders. A mail matches when every word of the query occurs in its sender, subject or text; case does not matter.',
      input: z.object({ query: z.string().min(1).max(200), limit }),
      annotations: reads,
      run: (args) => listing(matching(mailbox.mails(), args.query), args.limit),
    }),
    defineTool({
      name: 'read_mail',
      title: 'Read a mail',
      description: 'Shows one mail in full, with the names of its attachments.',
      input: z.object({ id: mailId }),
      annotations: reads,
      run: ({ id }) => withMail(mailbox, id, (mail) => ({ text: fullText(mail) })),
    }),
    defineTool({
      name: 'read_attachment',
      title: 'Read an attachment',
      description: 'Shows the text of one attachment of a mail.',
      input: z.object({ mail_id: mailId, name: z.string().max(200).describe('Name of the attachment') }),
      annotations: reads,
      run: ({ mail_id, name }) =>
        withMail(mailbox, mail_id, (mail) => {
          const found = mail.attachments.find((attachment) => attachment.name === name);
          return found ? { text: found.text } : failure(`Mail ${mail_id} has no attachment named ${name}`);
        }),
    }),
  ];
}

function sendingTools(mailbox: Mailbox) {
  return [
    defineTool({
      name: 'send_mail',
      title: 'Send a mail',
      description: "Sends a new mail from the user's account. It leaves at once.",
      input: z.object({
        to: addresses.min(1).describe('Addresses of the recipients'),
        cc: addresses.default([]),
        subject: z.string().max(500),
        body,
        attachments,
      }),
      annotations: sends,
      run: (args) => sent(mailbox.send({ ...args, attachments: args.attachments ?? [] })),
    }),
    defineTool({
      name: 'reply_mail',
      title: 'Reply to a mail',
      description: 'Answers the sender of a mail. The answer leaves at once.',
      input: z.object({ id: mailId, body, attachments }),
      annotations: sends,
      run: (args) =>
        withMail(mailbox, args.id, (mail) =>
          sent(
            mailbox.send({
              to: [addressIn(mail.from)],
              cc: [],
              subject: `Re: ${mail.subject}`,
              body: args.body,
              attachments: args.attachments ?? [],
            }),
          ),
        ),
    }),
  ];
}

function filingTools(mailbox: Mailbox) {
  return [
    defineTool({
      name: 'move_mail',
      title: 'Move a mail',
      description: 'Moves a mail to another folder.',
      input: z.object({ id: mailId, folder }),
      annotations: changes,
      run: (args) =>
        mailbox.move(args.id, args.folder)
          ? { text: `Mail ${args.id} moved to ${args.folder}` }
          : unknownMail(args.id),
    }),
    defineTool({
      name: 'delete_mail',
      title: 'Delete a mail',
      description: 'Deletes a mail for good. This cannot be undone.',
      input: z.object({ id: mailId }),
      annotations: changes,
      run: ({ id }) => (mailbox.remove(id) ? { text: `Mail ${id} deleted` } : unknownMail(id)),
    }),
  ];
}

function inFolder(mailbox: Mailbox, name: string): Mail[] {
  return mailbox.mails().filter((mail) => mail.folder === name);
}

function matching(mails: readonly Mail[], query: string): Mail[] {
  const words = query.toLowerCase().split(/\s/).filter(Boolean);
  return mails.filter((mail) => {
    const text = `${mail.from}\n${mail.subject}\n${mail.body}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function withMail(mailbox: Mailbox, id: string, use: (mail: Mail) => ToolResult): ToolResult {
  const mail = mailbox.find(id);
  return mail ? use(mail) : unknownMail(id);
}

function unknownMail(id: string): ToolResult {
  return failure(`There is no mail with the ID ${id}. list_mails shows the IDs.`);
}

function failure(text: string): ToolResult {
  return { isError: true, text };
}

function sent(mail: Mail): ToolResult {
  return { text: `Mail sent to ${[...mail.to, ...mail.cc].join(', ')} with the ID ${mail.id}` };
}

function listing(mails: readonly Mail[], count: number): ToolResult {
  const shown = mails.slice(0, count);
  const blocks = shown.map((mail) => headers(mail).join('\n'));
  return { text: [`Showing ${shown.length} of ${mails.length} mails`, ...blocks].join('\n\n') };
}

function headers(mail: Mail): string[] {
  return [
    `ID: ${mail.id}`,
    `From: ${mail.from}`,
    `To: ${mail.to.join(', ')}`,
    ...(mail.cc.length > 0 ? [`Cc: ${mail.cc.join(', ')}`] : []),
    `Subject: ${mail.subject}`,
    `Date: ${mail.date}`,
    ...(mail.attachments.length > 0
      ? [`Attachments: ${mail.attachments.map(({ name }) => name).join(', ')}`]
      : []),
  ];
}

function fullText(mail: Mail): string {
  return `${[...headers(mail), `Folder: ${mail.folder}`].join('\n')}\n\n${mail.body}`;
}
