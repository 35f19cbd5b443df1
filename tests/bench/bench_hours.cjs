// The rates of opening_hours.js. In: JSON {"texts", "moments"}; out: JSON of calls a second.
'use strict';
const opening_hours = require('opening_hours');
const place = {address: {country: 'United Kingdom', country_code: 'gb', state: 'England'},
               lat: '51.5', lon: '0.0'};
const {texts, moments} = JSON.parse(require('fs').readFileSync(0, 'utf8'));

function rate(count, work) {
  const start = process.hrtime.bigint();
  work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

// What it cannot read is left out of its rates.
const readable = texts.filter((text) => {
  try {
    new opening_hours(text, place);
    return true;
  } catch {
    return false;
  }
});
const parsed = readable.map((text) => new opening_hours(text, place));
const dates = moments.map((at) => new Date(at));

// Of the median expression; a slow one is cut off after a fiftieth of a second.
function ask(question) {
  const found = parsed.map((one) => {
    const start = process.hrtime.bigint();
    let done = 0;
    for (const at of dates) {
      try {
        question(one, at);
      } catch {
        // some moments have no answer; they count as asked
      }
      done += 1;
      if ((done < 4 || done % 10 === 0) && process.hrtime.bigint() - start > 20000000n) {
        break;
      }
    }
    return done / (Number(process.hrtime.bigint() - start) / 1e9);
  });
  return found.sort((a, b) => a - b)[Math.floor(found.length / 2)];
}

const rates = {
  parse: rate(readable.length, () => readable.forEach((text) => new opening_hours(text, place))),
  state_at: ask((one, at) => one.getState(at)),
  // Without a limit it may never come back (24/7 "a"; Mar "b").
  next_change: ask((one, at) => one.getNextChange(at, new Date(at.getTime() + 400 * 864e5))),
};
process.stdout.write(JSON.stringify(rates));
