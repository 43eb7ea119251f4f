import { z } from 'zod';
import { message } from '../conversation.ts';
import { jsonAnswer, type WireFormat } from '../wireFormat.ts';

const predictRequest = z.object({
  inputs: z.union([z.string(), z.array(z.string()).min(1)]),
});

/** What a classifier says of a text in which a policy flags nothing. */
const harmless = { label: 'safe', score: 0.99 };

/** `POST /predict` of Text Embeddings Inference, as guard models are served. */
export const classifier: WireFormat = {
  id: 'classifier',
  serves: (path) => path === '/predict',
  read(_url, body) {
    const { inputs } = predictRequest.parse(body);
    const texts = typeof inputs === 'string' ? [inputs] : inputs;
    return {
      turn: {
        model: 'classifier',
        messages: texts.map((text) => message('user', text)),
        tools: [],
        mustCall: false,
        stream: false,
      },
      answer: ({ flags }) => {
        const found = flags.map(({ category, score }) => ({ label: category, score }));
        const labels = found.length > 0 ? found : [harmless];
        return jsonAnswer(typeof inputs === 'string' ? labels : texts.map(() => labels));
      },
    };
  },
  failure: ({ status, message: text }) => ({
    error: text,
    error_type: status < 500 ? 'Validation' : 'Backend',
  }),
};
