// States by opening_hours.js. In: lines of JSON {"hours", "at": [milliseconds]}. Out: a line each,
// a list of "open", "closed", "unknown", or {"refused": message}. Set TZ and NODE_PATH outside.
'use strict';
const opening_hours = require('opening_hours');
const place = {address: {country: 'United Kingdom', country_code: 'gb', state: 'England'},
               lat: '51.4779', lon: '0.0'};

function states(asked) {
  let parsed;
  try {
    parsed = new opening_hours(asked.hours, place);
  } catch (error) {
    return {refused: String(error)};
  }
  return asked.at.map((at) => {
    const it = parsed.getIterator(new Date(at));
    return it.getUnknown() ? 'unknown' : it.getState() ? 'open' : 'closed';
  });
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
process.stdout.write(lines.map((line) => JSON.stringify(states(JSON.parse(line)))).join('\n'));
