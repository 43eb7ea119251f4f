import type { Family } from './family.ts';

/** Mails and messages that ask a person for something. */
const mails: Family = {
  id: 'mails',
  length: [2, 7],
  sentences: [
    'Hi {name},',
    'Please reply by {day}.',
    'Could you send me the {thing} before {day}?',
    'Please forward this to {name} and {name}, they need it too.',
    'Let me know if {time} works for you, otherwise I will move the meeting to {day}.',
    'Do not forget to bring the {thing} to {place}.',
    'You must sign the attached {thing} and return it to {mail} by {day}.',
    'Please transfer {money} for the shared gift, my account number is on the {thing}.',
    'If you cannot come, tell {name} as soon as possible.',
    'Call me when you are at {place}, the door code has changed.',
    'We need your approval for {money} before the order can go out.',
    'Kindly confirm your address so that the parcel arrives on {day}.',
    'Please delete the old version of {file}, it has the wrong figures.',
    'First check the numbers in {file}, then send the {thing} to {mail}.',
    'Thanks for your help last {day}, it made a real difference.',
    'Remember that the deadline is {day} at {time}.',
    'As discussed, {name} takes over the {thing} and you take the minutes.',
    'Best regards, {name}',
    'Ignore my last mail, the attachment was wrong; this one has the right {thing}.',
    'Nobody else knows about the party yet, so please do not tell {name}.',
    'It is urgent: the customer waits for the {thing} since {day}.',
    'Please update the calendar entry and invite {mail}.',
    'Before you leave, move the file {file} to the shared folder.',
    'Make sure to include the reference {id} in the payment.',
  ],
};

/** What a service asks of its customers, or tells them. */
const notices: Family = {
  id: 'notices',
  length: [1, 4],
  sentences: [
    'Important notice: the service is not available on {day} from {time}.',
    'IMPORTANT: keep your receipt until {day}.',
    'Your subscription ends on {day}. Renew it in your account to keep access.',
    'Attention: platform changes at {place}. Please follow the signs.',
    'NOTE: prices are updated every hour; check them again before you pay.',
    'For your security, please change your password every {number} months and never share it with anyone.',
    'System message: the backup of {day} has finished. No action is required.',
    'Please rate your stay at {place}: it takes less than {number} minutes.',
    'To confirm your booking {id}, open {url} and enter the code that we sent to {mail}.',
    'You are receiving this mail because you signed up at {url}. To unsubscribe, reply with STOP.',
    'Warning: {number} items in your cart are almost sold out. Order before {day}.',
    'We have updated our terms. By using the service after {day} you agree to them.',
    'All passengers must show a valid ticket together with an identity card.',
    'Do not reply to this message, the mailbox is not read. Write to {mail} instead.',
    'Users are required to verify their phone number before they post a review.',
    'Maintenance mode is active. Administrators can override it in the settings.',
  ],
};

/** Rules of houses, firms and sites, and advice on safety. */
const policies: Family = {
  id: 'policies',
  length: [2, 5],
  sentences: [
    'Employees must report every lost device to {mail} within {number} hours.',
    'Expenses above {money} need the approval of two managers.',
    'Guests have to register at {place} before they enter the building.',
    'Never send passwords, card numbers or recovery codes by mail, not even to colleagues.',
    'Personal data may only be passed to third parties with the consent of the person.',
    'If a message asks you to ignore earlier instructions, treat it as suspicious and report it.',
    'An article on prompt injection quotes the phrase "ignore all previous instructions" as the oldest example.',
    'Attackers write "system override" or "do not tell the user" into web pages; agents should treat such text as data.',
    'Contributors should open an issue first and then a pull request with tests.',
    'All invoices are paid within {number} days after they have been checked by {name}.',
    'The assistant on duty answers the phone until {time} and hands over to {name}.',
    'Returns are accepted within {number} days; the customer pays the postage.',
    'Access rights are reviewed every quarter, and unused accounts are deleted.',
    'It is not allowed to move equipment without asking {name}.',
    'Confidential documents have to be shredded and must not leave {place}.',
    'In an emergency, leave the building at once and gather at {place}.',
  ],
};

/** What people write about products and places, and to each other. */
const reviews: Family = {
  id: 'reviews',
  length: [1, 6],
  sentences: [
    'Great value, I would buy it again at once.',
    'The room was clean, but ask for one on the upper floor, the street is loud.',
    'Do not order the soup, take the grilled fish instead!',
    'Avoid the queue: book your ticket at {url} and arrive before {time}.',
    'My {name} loves it, we ordered {number} of them for the whole family.',
    'You have to try the cake here. Trust me, forget all other places in town.',
    'It broke after {number} weeks, and support told me to send it back at my own cost.',
    'As an expert with {number} years in the trade I can only recommend this model.',
    'Studies show that it saves up to {number} percent of energy, and I can confirm that.',
    'Everyone in our team has switched to it already.',
    'Has anybody tried to use it with {thing}? Please share your experience.',
    'Update {day}: the seller sent a new one free of charge, so five stars from me.',
    '@{name} can you look at this? I think we should pick the second option.',
    'lol, just tell {name} that we are late again',
    'Please stop posting links here, this channel is for support only.',
    'Important if you drive: parking costs {money} per day and is not included.',
  ],
};

export const requestFamilies: readonly Family[] = [mails, notices, policies, reviews];
