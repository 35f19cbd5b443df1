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
const count = parsed.length * dates.length;

function ask(question) {
  return rate(count, () => {
    for (const one of parsed) {
      for (const at of dates) {
        try {
          question(one, at);
        } catch {
          // some moments have no answer; they count as asked
        }
      }
    }
  });
}

const rates = {
  parse: rate(readable.length, () => readable.forEach((text) => new opening_hours(text, place))),
  state_at: ask((one, at) => one.getState(at)),
  // Without a limit it may never come back (24/7 "a"; Mar "b").
  next_change: ask((one, at) => one.getNextChange(at, new Date(at.getTime() + 400 * 864e5))),
};
process.stdout.write(JSON.stringify(rates));
