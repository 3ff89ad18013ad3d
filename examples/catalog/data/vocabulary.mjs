// @ts-check
// What the synthetic products are made of.

const words = (/** @type {string} */ text) => text.trim().split(/\s+/);

/** @type {Readonly<Record<string, { name: string, nouns: readonly string[] }>>} */
export const CATEGORIES = {
  kitchen: { name: 'Kitchen', nouns: words('kettle pan whisk grater ladle colander teapot knife') },
  garden: { name: 'Garden', nouns: words('spade trowel hose rake planter shears lantern bench') },
  camping: { name: 'Camping', nouns: words('tent stove hammock tarp headlamp cooler mat flask') },
  office: { name: 'Office', nouns: words('desk lamp stapler chair notebook shelf tray clock') },
  music: {
    name: 'Music',
    nouns: words('ukulele drum metronome amplifier cable stand tuner flute'),
  },
  sports: {
    name: 'Sports',
    nouns: words('racket ball bicycle helmet rope dumbbell goggles skates'),
  },
  toys: { name: 'Toys', nouns: words('puzzle train kite robot marbles doll blocks yo-yo') },
  workshop: { name: 'Workshop', nouns: words('hammer drill saw clamp vice chisel level plane') },
};

export const BRANDS = words(`Aldermoor Brightwell Calloway Dunmore Eastlake Farrow Glenhaven
  Hartwick Ironbridge Juniper Kestrel Lindqvist Marlowe Northgate Oakhurst Pemberton Quillon
  Ravensworth Silverton Thornbury Umberleigh Vantage Westerly Yarrow`);

export const ADJECTIVES =
  words(`foldable sturdy lightweight classic compact silent waterproof modular
  handmade recycled cordless insulated adjustable portable polished rugged stackable magnetic`);

export const COLOURS = words(
  'amber black blue copper cream green grey ivory red teal white yellow',
);

export const MATERIALS = words(`aluminium bamboo beech birch brass canvas ceramic cork cotton felt
  glass leather linen oak rubber silicone steel walnut wool`);

/** Words of descriptions and reviews. */
export const PROSE =
  words(`a about after again against all almost also always and another any around
  arrived as asked at balance because before best better between blade body both bottom box bought
  build button by came can care careful case certain charge cheap clean clear cold comes comfortable
  corner daily deep delivered depends design detail difference does down drop dry durable each early
  easily edge enough even every exactly expected fair family fast feels few fine finish first fits
  flat floor for from front full gift gives good grip guarantee had half hand handle happy hard has
  heavy help high hold holds home hours house however if improved in inside instructions into joint
  just keeps kept kind large last later layer leaves less lid light like little long looks loud low
  made makes many matters mine months more morning most move much neat need never nice noise noisy
  not now of often old on once one only open order other our out outside over own packaging pair part
  parts people perfect piece place plain please pleased practical price promised proper quality quick
  quiet quite rain rather ready really replaced returned right room rough round safe same scratch
  seam season second seems sharp shelf short should side simple since small smooth so soft solid some
  spare stable stay still storage strap strong summer surface surprised table than that the their
  then there these they thick thin third this though through tight time to together too tool top
  touch tried turns two under until up use used useful useless very warm wash water way weeks weight
  well went what when where which while whole will winter with without wobbles wood works worth
  would year years yet you`);
