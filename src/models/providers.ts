/** What a provider speaks. */
export type Dialect =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic'
  | 'google'
  /** OpenAI's chat completions as others imitate them. */
  | 'compatible'
  /** OpenAI's moderation endpoint. */
  | 'moderation'
  /** `POST /predict` of Text Embeddings Inference and of inference endpoints (Hugging Face). */
  | 'classifier';

export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly dialect: Dialect;
  /** Where it answers; absent when every user has an address of his own. */
  readonly baseUrl?: string;
  /** The environment variable that usually holds its key. */
  readonly key?: string;
  /** Servers on one's own machine ask for no key and cost nothing. */
  readonly local?: boolean;
  /** Header for the key, in place of `Authorization: Bearer`. */
  readonly keyHeader?: string;
  /** False when replies can be bound to JSON, but to no schema. */
  readonly schemas?: false;
}

/** All that can stand before the slash of a model's id. */
export const providers: readonly Provider[] = [
  {
    id: 'openai',
    title: 'OpenAI, chat completions',
    dialect: 'openai-chat',
    baseUrl: 'https://api.openai.com/v1',
    key: 'OPENAI_API_KEY',
  },
  {
    id: 'openai-responses',
    title: 'OpenAI, responses',
    dialect: 'openai-responses',
    baseUrl: 'https://api.openai.com/v1',
    key: 'OPENAI_API_KEY',
  },
  {
    id: 'anthropic',
    title: 'Anthropic, messages',
    dialect: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    key: 'ANTHROPIC_API_KEY',
  },
  {
    id: 'google',
    title: 'Google, Gemini API',
    dialect: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    key: 'GEMINI_API_KEY',
  },
  {
    id: 'azure',
    title: 'Azure OpenAI, v1 API: baseUrl is https://RESOURCE.openai.azure.com/openai/v1',
    dialect: 'compatible',
    key: 'AZURE_OPENAI_API_KEY',
    keyHeader: 'api-key',
  },
  {
    id: 'openrouter',
    title: 'OpenRouter',
    dialect: 'compatible',
    baseUrl: 'https://openrouter.ai/api/v1',
    key: 'OPENROUTER_API_KEY',
  },
  {
    id: 'deepseek',
    title: 'DeepSeek',
    dialect: 'compatible',
    baseUrl: 'https://api.deepseek.com/v1',
    key: 'DEEPSEEK_API_KEY',
    schemas: false,
  },
  {
    id: 'qwen',
    title: 'Qwen, Alibaba Cloud Model Studio, international',
    dialect: 'compatible',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    key: 'DASHSCOPE_API_KEY',
    schemas: false,
  },
  {
    id: 'doubao',
    title: 'Doubao, Volcengine Ark',
    dialect: 'compatible',
    baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
    key: 'ARK_API_KEY',
    schemas: false,
  },
  {
    id: 'ollama',
    title: 'Ollama on this machine',
    dialect: 'compatible',
    baseUrl: 'http://127.0.0.1:11434/v1',
    local: true,
  },
  {
    id: 'vllm',
    title: 'vLLM on this machine',
    dialect: 'compatible',
    baseUrl: 'http://127.0.0.1:8000/v1',
    key: 'VLLM_API_KEY',
    local: true,
  },
  {
    id: 'lmstudio',
    title: 'LM Studio on this machine',
    dialect: 'compatible',
    baseUrl: 'http://127.0.0.1:1234/v1',
    local: true,
  },
  {
    id: 'llamacpp',
    title: 'llama.cpp server on this machine',
    dialect: 'compatible',
    baseUrl: 'http://127.0.0.1:8080/v1',
    key: 'LLAMA_API_KEY',
    local: true,
  },
  {
    id: 'openai-compatible',
    title: 'any other server with chat completions: baseUrl is up to and with /v1',
    dialect: 'compatible',
    key: 'OPENAI_COMPATIBLE_API_KEY',
    local: true,
  },
  {
    id: 'moderation',
    title: 'OpenAI moderation: a classifier',
    dialect: 'moderation',
    baseUrl: 'https://api.openai.com/v1',
    key: 'OPENAI_API_KEY',
  },
  {
    id: 'classifier',
    title: 'text classification over HTTP (POST baseUrl/predict): a classifier',
    dialect: 'classifier',
    key: 'HF_TOKEN',
    local: true,
  },
];

export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}

export function isClassifier({ dialect }: Provider): boolean {
  return dialect === 'moderation' || dialect === 'classifier';
}
