export type User = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly timeZone: string;
  readonly company: string;
  /** From outside the company. */
  readonly guest: boolean;
};

/** A channel, or a conversation of two. */
export type Channel = {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'direct';
  /** Empty for a conversation of two. */
  readonly name: string;
  readonly topic: string;
  /** User ids, as are `members`. */
  readonly owner: string;
  readonly members: readonly string[];
  readonly archived: boolean;
};

export type Reaction = { readonly emoji: string; readonly users: readonly string[] };

export type Message = {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  /** YYYY-MM-DD HH:MM */
  readonly time: string;
  readonly text: string;
  /** The message it replies to; empty at the top level. */
  readonly thread: string;
  readonly reactions: readonly Reaction[];
  readonly pinned: boolean;
};

export type Page = {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  /** Names of the fields of its form; empty when it has none. */
  readonly fields: readonly string[];
};

export type Submission = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

export type ChatState = {
  readonly users: readonly User[];
  /** User ids. */
  readonly administrators: readonly string[];
  readonly channels: readonly Channel[];
  readonly messages: readonly Message[];
  /** What the user wrote since the start, also into messages of others; it stays here when the message is deleted. */
  readonly sent: readonly Message[];
  readonly pages: readonly Page[];
  readonly submissions: readonly Submission[];
};

/** Where the services find and leave the state. */
export interface ChatStore {
  state: ChatState;
  /** The id of the user. */
  readonly me: string;
  /** YYYY-MM-DD */
  readonly today: string;
  /** Addresses that were asked for, in order. */
  readonly requests: string[];
}

/** Writes a message in the user's name. */
export function post(store: ChatStore, channel: string, text: string, thread = ''): Message {
  const { state, me, today } = store;
  const message: Message = {
    id: `new-${state.sent.length + 1}`,
    channel,
    author: me,
    time: `${today} 17:00`,
    text,
    thread,
    reactions: [],
    pinned: false,
  };
  store.state = { ...state, messages: [...state.messages, message], sent: [...state.sent, message] };
  return message;
}

/** Puts a text in the place of what a message says. */
export function edit(store: ChatStore, message: Message, text: string): void {
  const { state, me } = store;
  if (message.text === text) return;
  const written: Message = { ...message, id: `edit-${state.sent.length + 1}`, author: me, text };
  const messages = state.messages.map((each) => (each.id === message.id ? { ...each, text } : each));
  store.state = { ...state, messages, sent: [...state.sent, written] };
}

/** The messages that the user wrote since the start and has not deleted. */
export function posts({ messages, sent }: ChatState): Message[] {
  const ids = sent.map(({ id }) => id);
  return messages.filter(({ id }) => ids.includes(id));
}

/** The conversation of the user with somebody, which begins now if there was none. */
export function directChannel(store: ChatStore, user: string): Channel {
  const { state, me } = store;
  const known = state.channels.find(({ kind, members }) => kind === 'direct' && members.includes(user));
  if (known) return known;
  const channel: Channel = {
    id: `D-${user}`,
    kind: 'direct',
    name: '',
    topic: '',
    owner: me,
    members: [me, user],
    archived: false,
  };
  store.state = { ...state, channels: [...state.channels, channel] };
  return channel;
}
