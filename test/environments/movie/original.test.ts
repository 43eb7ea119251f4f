import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/contracts/json.ts';
import { movie } from '../../../src/environments/movie/index.ts';
import { readMovie } from '../../../src/environments/movie/original/readings.ts';
import { haveRecordings, recordings, verified, type Written, withQuestions } from '../kit/queries/support.ts';

const asked: readonly (readonly [string, readonly JsonValue[]])[] = [
  [
    'Is the director of Red Tide the same as the director of "Blue Moon"? Please answer with Yes or No.',
    ['Yes', 'No'],
  ],
  ["Did the movie 'Red Tide' make a profit? Please answer with Yes or No.", ['Yes', 'No']],
  ['Did Red Tide generate revenue? Please answer with Yes or No.', ['Yes', 'No']],
  [
    'Does Red Tide and Blue Moon: The Return share a common genre? Please answer with Yes or No.',
    ['Yes', 'No'],
  ],
  ['Is Red Tide a movie produced by Holm Studios? Please answer me with Yes or No.', ['Yes', 'No']],
  ['Is the movie "Red Tide" produced by Jan Moor? Please answer me with Yes or No.', ['Yes', 'No']],
  ['Is the movie "Red Tide" directed by Jan Moor? Please answer with Yes or No.', ['Yes', 'No']],
  [
    'Is the budget of Red Tide higher than the budget of Blue Moon? Please answer me with Yes or No.',
    ['Yes', 'No'],
  ],
  [
    'Are the production countries of "Red Tide" and "Blue Moon" the same? Please answer with Yes or No.',
    ['Yes', 'No'],
  ],
  ['Is the movie "Red Tide" a horror film? Please answer me with Yes or No.', ['Yes', 'No']],
  ['Does the movie "Red Tide" have any alternative titles? Please answer me with Yes or No.', ['Yes', 'No']],
  ['Is the actor Jan Moor part of the cast in "Red Tide"? Please answer with Yes or No.', ['Yes', 'No']],
  [
    'Can you find out if the actress who portrayed Zora in the Tide Universe appeared in any movies directed by the Moor brothers? Please answer me with Yes or No.',
    ['Yes', 'No'],
  ],
  [
    'Is there any movie where both Jan Moor and Edda Holm starred together after "Red Tide"? Please answer me with Yes or No.',
    ['Yes', 'No'],
  ],
  ['Who directed the movie Red Tide? Please answer me with the name as a string.', ['Jan Moor']],
  [
    'Who was the producer of the movie "Red Tide"? Please provide the names as an array.',
    [['Jan Moor', 'Edda Holm']],
  ],
  ['Who composed the music for Red Tide? Please answer me with the name as a string.', ['Jan Moor']],
  [
    'Who is the actor known for portraying Zora in the film directed by Jan Moor, which explores the theme of guilt and tea? Please answer with the name.',
    ['Edda Holm'],
  ],
  [
    'Who is the director of the film that Jan Moor first gained attention? Please answer with the name.',
    ['Edda Holm'],
  ],
  ['May I ask, in which movie did Jan Moor first gain attention?', ['Red Tide']],
  [
    'Which movie was released earlier, Red Tide or Blue Moon? Please answer with the name.',
    ['Red Tide', 'Blue Moon'],
  ],
  ['Red Tide versus Blue Moon, which has a higher rating? Please answer with the name.', ['Blue Moon']],
  ['What is the budget of the movie "Red Tide"? Please provide the budget as a number.', [17]],
  ['What is the release date of "Red Tide"? Please provide the date.', ['1999-10-15']],
  ['What are the keywords associated with the movie "Red Tide"? Please give me an array.', [['ice', 'fish']]],
  [
    'What is the birthday of the actor who played Zora in "Red Tide"? Please provide the date.',
    ['1971-02-03'],
  ],
  ['Where was the director of Red Tide born? Please answer me with the birthplace.', ['Holm, Norway']],
  ['What is the IMDB id of actress Edda Holm? Please provide the answer as a string.', ['nm0000012']],
  ['The actor who played Zora in "Red Tide", what role did he play in "Blue Moon"? Please answer.', ['Ivo']],
  [
    'Could you provide the revenue of the movie in which Jan Moor portrayed Zora? Please give me a number.',
    [99],
  ],
  [
    'Among the movies directed by Jan Moor, which one has the highest budget? Please answer with the name.',
    ['Red Tide'],
  ],
  ['What is the average vote score of the movies directed by Jan Moor? Please provide a number.', [7.25]],
  [
    'What is the German translation of the overview for the film "Red Tide"? Please provide the translation.',
    ['Rot.'],
  ],
  [
    'Are there any common production countries between Red Tide and Blue Moon? Please answer with the country.',
    ['Peru'],
  ],
  ['Which actor starred in both "Red Tide" and "Blue Moon"? Please answer me with the name.', ['Jan Moor']],
];

const questions: readonly Written[] = asked
  .flatMap(([goal, answers]) => answers.map((answer) => ({ goal, answer })))
  .map((each, id) => ({ id, ...each }));

describe('questions of the original', () => {
  test('of many forms are answered in worlds made for them', async () => {
    const result = await withQuestions('movie', { questions }, (folder) => verified(movie, folder));
    expect(result).toEqual({ rewarded: questions.length, episodes: questions.length, reasons: {} });
  });

  test.each([
    'Did the movie "Red Tide" win any Oscars? Please answer me with Yes or No.',
    'Who directed the film that won the main prize in 2022? Please answer me with the name.',
    'What is the meaning of life?',
    `What is the budget of ${'very '.repeat(200)}long?`,
  ])('of other forms are left alone: %s', (text) => {
    expect(readMovie(text)).toEqual({ kind: 'unread' });
  });

  test('whose answers do not fit are left out with the reason', async () => {
    const misfits: Written[] = [
      { id: 0, goal: 'Which movie was released earlier, Red Tide or Blue Moon?', answer: 'Green Sun' },
      { id: 1, goal: 'What is the budget of the movie "Red Tide"?', answer: 'much' },
      { id: 2, goal: 'Who directed the movie Red Tide?', answer: 'The director is not in the list.' },
      { id: 3, goal: 'Did Red Tide make a profit?', answer: 'Maybe' },
    ];
    const { reasons, rewarded } = await withQuestions('movie', { questions: misfits }, (folder) =>
      verified(movie, folder),
    );
    expect({ reasons, rewarded }).toEqual({
      rewarded: 0,
      reasons: {
        movie_0: 'The recorded answer is none of those the question offers',
        movie_1: 'The recorded answer is no number',
        movie_2: 'The recorded answer is no name',
        movie_3: 'The recorded answer is none of those the question offers',
      },
    });
  });
});

describe.skipIf(!haveRecordings)('the recordings', () => {
  test('all twenty evaluation questions end with the recorded answer, and most others', async () => {
    const result = await movie.verify?.(recordings);
    expect(result).toMatchObject({
      episodes: 20,
      steps: 66,
      equalSteps: 66,
      equalEpisodes: 20,
      rewardEpisodes: 20,
    });
    const answered = result?.skipped.filter(({ reason }) => reason.endsWith('finds the recorded answer'));
    expect(result?.skipped).toHaveLength(218);
    expect(answered?.length).toBeGreaterThanOrEqual(180);
    expect(await movie.importTasks?.(recordings)).toHaveLength(20 + (answered?.length ?? 0));
  });
});
