import type { Rng } from '../../../contracts/seed.ts';

const givenNames = words(`
  Abelard Adina Alarik Amandine Anouk Arvid Aurelio Bettina Birger Blanka Branka Caspian Cosima Crispin Dagny
  Dorota Edvin Eilidh Elio Emeric Esra Fenja Fiorella Gaspard Giselle Gudrun Halvard Hanneke Ilka Imre Isaura
  Ivo Jadwiga Jorun Kaspar Katinka Kenji Lavinia Leocadia Lorcan Ludovic Maelle Malin Marek Mirela Nadir Neva
  Odalys Oskar Ottilie Paloma Pavel Perpetua Quentin Ragna Rasmus Renske Rosalba Sabina Saskia Severin Signe
  Soren Tadeo Tamsin Thaddeus Torvald Ulrika Valdis Vasco Veronika Viggo Wanda Wilhelmine Xanthe Yaro Ylva
  Yorick Zdenka Zoltan`);

const familyNames = words(`
  Abendroth Achterberg Albescu Amberson Andvari Arkwright Baltrusch Barrowby Bellacourt Birkeland Blomqvist
  Brackwater Caldwyn Carnavon Cassavetti Corvinson Czarnecki Dalgaard Delacroy Dovrefell Drummel Eastlake
  Eckersley Elderfield Engström Fairweather Falkenrath Farnese Fenwright Galloway Garrigue Gladstein Greyling
  Haldorsen Harkaway Hazelhurst Hollander Iversby Jarnefelt Kaltenbach Karvonen Kestrel Kolodny Lachance
  Langstrom Larkspur Lindqvist Lovelace Maddern Marchetti Merriweather Montclair Moravec Nachtigall Navarrow
  Norling Oakhurst Obersteiner Okonjo Ostrowick Palomar Pemberley Pennyfeather Quillfeather Rademaker Ravensby
  Rosenthorn Rutherglen Salvatini Sandoval Silverlake Solvang Stavropol Sundquist Tarkington Thorvik Tidewell
  Umber Vandermolen Varga Vestergaard Wainscott Weatherby Whitlock Winterbourne Yarrow Zabrowski Zandvoort`);

const placeStarts = words(`
  Alder Amber Barrow Birch Blyth Brack Calder Corn Dor Elm Esk Fal Gar Glen Hart Haver Holm Isk Kell Kings Lang
  Lark Lind Mar Mor Nether Nor Oak Orm Pell Quay Raven Rook Sal Sel Stan Storm Tarn Thorn Ul Val Wend West Wick
  Winter Wolf Yar Zel`);

const placeEnds = words(`
  au bay berg bourne bridge brook by cester combe dale den fell field firth ford gate grad ham haven holt hurst
  ingen kirk land leigh mere mond moor mouth ness port rath ridge sand shore stad stead stow sund thorpe ton
  vale vik ville wald water well wick wold worth`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** An invented person. */
export function personName(rng: Rng): string {
  return `${rng.pick(givenNames)} ${rng.pick(familyNames)}`;
}

/** An invented town. */
export function placeName(rng: Rng): string {
  return `${rng.pick(placeStarts)}${rng.pick(placeEnds)}`;
}

/** So many different names, made by `make`. */
export function differentNames(count: number, make: () => string): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(make());
  return [...names];
}
