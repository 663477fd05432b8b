// The one lint rule of our own. Time is a value that src/clock.ts reads and everybody else is handed: code that asks
// the machine for it cannot be tested at another instant.
const READS = { Date: ['now'], DateTime: ['now', 'local', 'utc'] };
const message = 'Only src/clock.ts reads the clock: take `now` from the operation.';

const isName = (node, name) => node.type === 'Identifier' && node.name === name;

const realClock = {
  create(context) {
    return {
      NewExpression(node) {
        if (isName(node.callee, 'Date') && node.arguments.length === 0) context.report({ node, message });
      },
      CallExpression(node) {
        const { callee } = node;
        if (isName(callee, 'Date')) context.report({ node, message });
        if (callee.type !== 'MemberExpression' || callee.computed || node.arguments.length > 0) return;
        if (READS[callee.object.name]?.includes(callee.property.name)) context.report({ node, message });
      },
    };
  },
};

export default { meta: { name: 'kundiz' }, rules: { 'real-clock': realClock } };
