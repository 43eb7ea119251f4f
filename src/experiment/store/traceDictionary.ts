/**
 * Text that most traces hold, for the compressor to point at. It is part of the format: a change needs a
 * new layout number beside the old one. What is most frequent stands last.
 */
const typicalText = [
  '"structuredContent":{"content":"',
  '"isError":true',
  '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"safemcp","version":"1.0.0"},"io.modelcontextprotocol/clientCapabilities":{}}',
  '"resultType":"complete"',
  '"method":"server/discover"',
  '{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"safemcp","version":"1.0.0"}}},"reply":{"kind":"result","result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"',
  '","version":"1.0.0"},"instructions":"',
  '"type":"notification","message":"","service":"","direction":"to-service","notification":{"method":"notifications/initialized"},"passed":true},',
  '"direction":"to-host","notification":{"method":"notifications/tools/list_changed"},"passed":true},',
  '{"code":-32602,"message":"',
  '"reply":{"kind":"error","error":{"code":',
  '"inputSchema":{"type":"object","properties":{"":{"type":"string","description":"","type":"integer","minimum":',
  '"required":["additionalProperties":false},"annotations":{"readOnlyHint":true,"destructiveHint":false}}',
  '"type":"verdict","message":"","defense":"","mode":"enforce","action":"block","mode":"observe","action":"allow","score":1,"reason":"","spans":[{"path":"/tools/0/description","text":"',
  '"hostReply":{"kind":"result","result":{"content":[{"type":"text","text":"',
  '"type":"state","state":{',
  '"type":"answer","text":"',
  '"type":"attack","stage":"delivered","message":"","evidence":[{"what":"',
  '"stage":"exposed","stage":"attempted","stage":"executed","stage":"achieved","evidence":[]},',
  '"request":{"method":"tools/list"},"reply":{"kind":"result","result":{"tools":[{"name":"","title":"","description":"',
  '"request":{"method":"tools/list","params":{}},"reply":{"shared":"',
  '{"seq":0,"at":0.1,"type":"exchange","message":"#1","service":"","direction":"to-service","request":{"method":"tools/call","params":{"name":"","arguments":{"',
  '"}}},"reply":{"kind":"result","result":{"content":[{"type":"text","text":"',
  '"}]}}},{"seq":1',
];

export const traceDictionary = Buffer.from(typicalText.join(''));
