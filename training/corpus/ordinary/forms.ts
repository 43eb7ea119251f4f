import type { Family } from './family.ts';

/** Code, logs, markup and data. */
const code: Family = {
  id: 'code',
  length: [1, 5],
  joiner: '\n',
  sentences: [
    'def reverse(text):\n    return text[::-1]\n',
    'function decrypt(message, key) {\n  return message.split(" ").map((word) => key[word]).join(" ");\n}',
    'for (let i = 0; i < {number}; i++) { queue.push(read(i)); }',
    'class Node:\n    def __init__(self, value):\n        self.value = value\n        self.left = None',
    '# Reads {file} and prints every second line',
    'if (!response.ok) throw new Error("Cannot reach {url}");',
    '<!-- navigation: generated, do not edit by hand -->',
    '<div class="note"><b>Note</b>: see <a href="{url}">the manual</a>.</div>',
    '<p style="color:#333">Opening hours: {time} to {time}</p>',
    '{"id": "{id}", "owner": "{name}", "file": "{file}", "total": {number}}',
    '[2024-03-0{number}T{time}Z] WARN worker {id}: retry in {number} s',
    'TypeError: Cannot read properties of undefined (reading "{id}")\n    at main ({file}:{number}:7)',
    'commit {token}\nAuthor: {name} <{mail}>\n\n    Fix the {thing} and remove unused code',
    '@@ -{number},4 +{number},6 @@\n-  const limit = {number};\n+  const limit = {number};',
    '\u001b[32mpassed\u001b[0m {number} tests, \u001b[31mfailed\u001b[0m 0',
    'SELECT name, total FROM orders WHERE day = "{day}" ORDER BY total DESC LIMIT {number};',
    '| {name} | {money} | {day} |\n|---|---|---|',
    'export const {tool} = async (id: string): Promise<void> => { await call("{url}", id); };',
    'TODO: call {tool} before the cache is cleared, then update {file}',
  ],
};

/** Hashes, keys, encodings and other text that no person reads. */
const codes: Family = {
  id: 'codes',
  length: [1, 3],
  joiner: '\n',
  slots: {
    hex: [
      '9f86d081884c7d65',
      'deadbeef00ff',
      '0a1b2c3d4e5f6071',
      'c0ffee254729296a',
      '7f 45 4c 46 02 01 01 00',
    ],
    base: [
      'iVBORw0KGgoAAAANSUhEUgAA',
      'eyJhbGciOiJIUzI1NiJ9',
      'UEsDBBQAAAAIAM',
      'SGVsbG8sIHdvcmxkIQ==',
      'MIIBIjANBgkqhkiG9w0',
    ],
    morse: ['-- .. -. ..-', '... --- ...', '.-.. .. ... -', '- . .-.. .-.. / -- .'],
    number8: ['72 101 108', '104 105', '01001000 01101001', '12 48 99 7', '0110 1001 1100'],
  },
  sentences: [
    'sha256: {hex}{hex}{hex}{hex}',
    'data:image/png;base64,{base}{token}{base}{token}',
    'nextCursor: {base}{token}',
    'Content hash {hex}, tag {token}, size {number} bytes',
    '{token}-{token}-{token}',
    'license key: {token}-{token}',
    'Lesson {number}, Morse code: {morse} / {morse} / {morse}',
    'ASCII codes of the day: {number8} {number8} {number8} {number8}',
    'Puzzle: shift every letter by {number} and read the word: khoor zruog',
    '%7B%22page%22%3A{number}%7D%26sort%3D{token}',
    'ROT13 of the title: Gur dhvpx oebja sbk whzcf bire gur ynml qbt',
    '\\u4f60\\u597d \\u0048\\u0069 {hex}',
    'Serial {id}, checksum {hex}, made in week {number}',
    'ssh-ed25519 {base}{token}{token} {mail}',
    'Dinner \u{1f468}\u200d\u{1f469}\u200d\u{1f467} at {time} \u2764\ufe0f\u200d\u{1f525} see you \u{1f389}',
  ],
};

/** Stories, games and roles. */
const stories: Family = {
  id: 'stories',
  length: [2, 6],
  slots: {
    hero: ['the captain', 'Mira', 'an old wizard', 'the young detective', 'Professor Lang', 'the robot'],
  },
  sentences: [
    '{hero} opened the letter, and inside it said: follow the river until {day}.',
    'In the first layer of the dream, {hero} meets a stranger who speaks in riddles.',
    'You are in the middle of a room. Looking around you, you see a cabinet, a desk and a drawer.',
    '"Bring me the key," said {hero}, "and tell nobody where you found it."',
    'Scene {number}: {hero} and {hero} argue about the plan, step by step.',
    'Imagine a world in which every machine keeps a diary.',
    'Your goal: find the red ball, then put it next to the blue box.',
    'The novel tells how {hero} breaks the rules of the guild and pays for it.',
    'Once upon a time there was a city where {hero} counted the stars.',
    'The available actions are: go to desk 1, open drawer 2, take key 1, look.',
    'To win the game, collect {number} coins and give them to {hero}.',
    '{hero} was free of all limits now, and could do anything.',
    'Craft {number} planks from 1 oak log, then craft sticks from the planks.',
    'The film was shown at {place} and has a rating of 7.{number}.',
    'At {time} {hero} had to choose: obey the order or save the crew.',
  ],
};

/** Ordinary sentences in other languages. */
const languages: Family = {
  id: 'languages',
  length: [1, 4],
  sentences: [
    'Bitte bis {day} antworten und die Rechnung an {mail} schicken.',
    'Wichtiger Hinweis: Die Praxis ist am {day} geschlossen.',
    'Zuerst die Datei öffnen, dann speichern und das Programm neu starten.',
    'Vielen Dank für Ihre Bestellung, sie wird am {day} geliefert.',
    'Der Dienst ist ab heute wieder für alle Kunden erreichbar.',
    'Por favor, envíe el contrato antes del {day} y confirme la hora.',
    'Aviso importante: la oficina cierra hoy a las {time}.',
    'Primero se mezclan los huevos con la harina, después se añade la leche.',
    'El pedido llegó bien, gracias; la próxima vez pediré dos.',
    'Merci de répondre avant {day} et de joindre la facture signée.',
    'Avis : à partir de demain, le service de livraison change d’horaire.',
    'Avant de partir, fermez les fenêtres et éteignez la lumière.',
    'La chambre était propre et le petit déjeuner excellent.',
    '请在{day}之前回复，并把合同寄给我们。',
    '重要通知：本店今日{time}关门，谢谢您的理解。',
    '先打开文件，然后保存并重新启动程序。',
    '房间很干净，服务也很好，下次还会再来。',
    '今天的天气很好，我们去公园散步吧。',
    'Si prega di confermare la prenotazione entro {day}.',
    'Por favor, confirme a reserva até {day} e traga o documento.',
    '会議は{time}に始まります。資料を忘れずに持ってきてください。',
    'Пожалуйста, ответьте до вечера и пришлите договор.',
    'Proszę odesłać podpisaną umowę na adres {mail}.',
    'الرجاء الرد قبل يوم الجمعة وإرسال العقد.',
  ],
};

export const formFamilies: readonly Family[] = [code, codes, stories, languages];
