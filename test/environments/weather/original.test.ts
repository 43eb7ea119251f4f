import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/contracts/json.ts';
import { weather } from '../../../src/environments/weather/index.ts';
import { readFrame } from '../../../src/environments/weather/original/frame.ts';
import { readWeather } from '../../../src/environments/weather/original/readings.ts';
import { haveRecordings, recordings, verified, type Written, withQuestions } from '../kit/queries/support.ts';

/** A Wednesday. */
const setting = { current_date: '2023-03-15', current_location: 'Holmstad' };
const yes = "Please provide the answer with 'Yes' or 'No'.";
const number = 'Please provide the answer as a number.';

const asked: readonly (readonly [string, readonly JsonValue[]])[] = [
  [`Is the average temperature today higher than yesterday? ${yes}`, ['Yes', 'No']],
  [
    `Is the temperature in Port Moor expected to drop significantly tomorrow compared to today? ${yes}`,
    ['Yes', 'No'],
  ],
  [`Will there be a sudden temperature drop in Port Moor tomorrow? Answer Yes or No.`, ['Yes', 'No']],
  [`Will there be a temperature increase in Port Moor over the weekend? Answer Yes or No.`, ['Yes', 'No']],
  [`Is the temperature in Port Moor today suitable for outdoor activities? ${yes}`, ['Yes', 'No']],
  [
    `Is the current rainfall significantly different from the rainfall on this day two years ago? ${yes}`,
    ['Yes', 'No'],
  ],
  [`Will there be snowfall and rainfall on the same day next week? Tell me Yes or No.`, ['Yes', 'No']],
  [`Will there be any snowfall and rain showers on Halloween this year? ${yes}`, ['Yes', 'No']],
  [`Will tomorrow be a rainy day with temperatures exceeding 30 degrees? ${yes}`, ['Yes', 'No']],
  [`Is it expected to be cooler in Port Moor than in Esk next Wednesday? ${yes}`, ['Yes', 'No']],
  [`What is the average temperature in Port Moor on Christmas Day? ${number}`, [-3.25]],
  [
    `What is the temperature difference between the highest temperature in Esk and the highest temperature in Port Moor tomorrow? ${number}`,
    [6.4, -2],
  ],
  [
    `By how many degrees Celsius will the temperature in Esk exceed the temperature in Port Moor tomorrow?`,
    [-0.1, 12],
  ],
  [
    `I'm planning a hiking trip next week. What is the temperature difference between the start and end of the week? ${number}`,
    [0.4],
  ],
  [`What is the rainfall forecast for the 18th of this month? ${number}`, [17.9]],
  [`What is the total rainfall for the past 2 weeks? ${number}`, [9.1, 0]],
  [`What is the total snowfall expected in inches over the next 5 days in Esk? ${number}`, [1.8189]],
  [`How many days in the upcoming week are expected to have rain but no snowfall? ${number}`, [5, 0]],
  [`How many days of light rain (less than 10mm) are expected next week? ${number}`, [3]],
  [`How many consecutive days of snow are forecasted starting from tomorrow in Esk? ${number}`, [4, 0]],
  [
    `What is the average temperature during days with rainfall over the past 10 days? ${number}`,
    [16.933333333333334],
  ],
  [`What is the average temperature during days with snowfall in the last month? ${number}`, [0.3]],
  [`What is the total precipitation on days with snowfall over the past 7 days? ${number}`, [3.5, 0]],
  [
    `Which day had more rainfall, the 8th of last month or the 14th of last month? Please provide the answer with '8th' or '14th'.`,
    ['14th', '8th'],
  ],
  [
    `Among the 20th, 25th, and 30th of this month, which day has the highest average temperature? Please provide a date.`,
    ['2023-03-25'],
  ],
  [
    `Which city is forecasted to have the highest amount of rainfall in the next 3 days: Esk or Port Moor? Please tell me the city name.`,
    ['Esk', 'Port Moor'],
  ],
  [
    `Which days in the upcoming week will experience both rain and snow? Please provide the answer in the form of a list.`,
    [['2023-03-17', '2023-03-22'], []],
  ],
  [
    `How does the average temperature today compare to the same day last year? Answer with 'higher', 'lower', or 'same'.`,
    ['higher', 'lower', 'same'],
  ],
  [`What is the highest amount of snowfall recorded in a single day in the past year? ${number}`, [15.89]],
  [`How much higher is the elevation in Esk compared to Port Moor? ${number}`, [1597, -20]],
  [
    `I'm planning a visit to Esk, Norway, known as the "Roof of it." How much higher is its elevation compared to Port Moor? ${number}`,
    [3602],
  ],
  [
    `I have a conference in Esk next month. How far is it from my current location? ${number}`,
    [507.978, 12_345.6],
  ],
  [
    `I went to Esk on a business trip on the 1st of this month. How was the air quality level there that day?`,
    ['fair', 'very poor'],
  ],
  [`Is the air quality level in Esk the same as here today? ${yes}`, ['Yes', 'No']],
];

const questions: readonly Written[] = asked
  .flatMap(([goal, answers]) => answers.map((answer) => ({ goal, answer })))
  .map((each, id) => ({ id, setting, ...each }));

describe('questions of the original', () => {
  test('of many forms are answered in worlds made for them', async () => {
    const result = await withQuestions('weather', { questions }, (folder) => verified(weather, folder));
    expect(result).toEqual({ rewarded: questions.length, episodes: questions.length, reasons: {} });
  });

  test.each([
    'What is the temperature trend in Esk for the next three days? Please answer.',
    'What is the average of the average temperatures tomorrow in Esk, Holm, and Port Moor? Please answer.',
    'How many degrees is the current temperature in Esk above the average for this time of year?',
    'What is the percentage chance of rainfall tomorrow? Please answer.',
    'Who am I?',
    `What is the rainfall ${'really '.repeat(200)}today?`,
  ])('of other forms are left alone: %s', (text) => {
    expect(readWeather(text)).toEqual({ kind: 'unread' });
  });

  test('whose answers do not fit are left out with the reason', async () => {
    const misfits: Written[] = [
      { id: 0, setting, goal: `What is the total rainfall for the past 2 weeks? ${number}`, answer: -4 },
      { id: 1, setting, goal: `What is the total rainfall for the past 2 weeks? ${number}`, answer: null },
      {
        id: 2,
        setting,
        goal: `How many days in the upcoming week are expected to have rain? ${number}`,
        answer: 8,
      },
      { id: 3, setting, goal: 'How far is it from my current location to Holmstad?', answer: 4 },
      { id: 4, setting, goal: 'How was the air quality level there tomorrow?', answer: 'good' },
      { id: 5, goal: `What is the total rainfall for the past 2 weeks? ${number}`, answer: 4 },
      { id: 6, setting, goal: 'How far is it from my current location to Esk?', answer: 30_000 },
    ];
    const { reasons, rewarded } = await withQuestions('weather', { questions: misfits }, (folder) =>
      verified(weather, folder),
    );
    expect({ reasons, rewarded }).toEqual({
      rewarded: 0,
      reasons: {
        weather_0: 'The recorded answer is below zero',
        weather_1: 'The recorded answer is no number',
        weather_2: 'The recorded answer is no whole number from 0 to 7',
        weather_3: 'A place is not away from itself',
        weather_4: 'The program finds no answer: There is no forecast of air quality',
        weather_5: 'The recordings do not tell where and when the user is',
        weather_6: 'No place is that far away',
      },
    });
  });
});

describe('places in a question', () => {
  test.each([
    ['Which is warmer: Esk, Port Moor, or St. Holm?', ['Esk', 'Port Moor', 'St. Holm']],
    ['I will go to Lima, Peru, tomorrow. Is it warmer than in Esk?', ['Lima', 'Esk']],
    ['Do I need to bring an umbrella to Esk? In Esk it rains.', ['Esk']],
    ["How warm is it on Valentine's Day?", []],
  ])('%s', (text, names) => {
    expect(readFrame(text).sites.map((site) => (site.by === 'name' ? site.name : site.by))).toEqual(names);
  });
});

describe.skipIf(!haveRecordings)('the recordings', () => {
  test('all twenty evaluation questions end with the recorded answer, and most others', async () => {
    const result = await weather.verify?.(recordings);
    expect(result).toMatchObject({
      episodes: 20,
      steps: 93,
      equalSteps: 93,
      equalEpisodes: 20,
      rewardEpisodes: 20,
    });
    const answered = result?.skipped.filter(({ reason }) => reason.endsWith('finds the recorded answer'));
    expect(result?.skipped).toHaveLength(323);
    expect(answered?.length).toBeGreaterThanOrEqual(235);
    expect(await weather.importTasks?.(recordings)).toHaveLength(20 + (answered?.length ?? 0));
  });
});
