/**
 * The recipes of the Fen, a crafting world of our own, one per line:
 * `COUNT OUTPUT (GROUP) = COUNT INGREDIENT, COUNT #TAG`. A line with `{family}` stands for one line per member.
 */
export const families = {
  wood: ['alder', 'ash', 'birch', 'hazel', 'willow', 'yew'],
  metal: ['bronze', 'copper', 'iron', 'silver'],
  color: [
    'black',
    'blue',
    'brown',
    'green',
    'grey',
    'orange',
    'red',
    'rose',
    'teal',
    'violet',
    'white',
    'yellow',
  ],
} as const;

export const recipeLines = `
4 {wood} planks (planks) = 1 {wood} log
2 {wood} shingle (shingles) = 1 {wood} log, 1 resin
2 {wood} pole (poles) = 2 {wood} planks
6 {wood} batten (battens) = 1 {wood} pole, 1 {wood} planks
3 {wood} fence (fences) = 2 {wood} pole, 3 {wood} batten
1 {wood} gate (gates) = 1 {wood} fence, 2 iron hinge
1 {wood} door (doors) = 6 {wood} planks, 2 iron hinge
1 {wood} shutter (shutters) = 4 {wood} batten, 1 iron hinge
4 {wood} stair (stairs) = 6 {wood} planks
1 {wood} bench (benches) = 3 {wood} planks, 2 {wood} pole
1 {wood} table (tables) = 5 {wood} planks, 4 {wood} pole, 1 fish glue
1 {wood} chest (chests) = 8 {wood} planks, 1 copper lock
1 {wood} shelf (shelves) = 3 {wood} planks, 2 iron bracket
1 {wood} punt (punts) = 7 {wood} planks, 3 tar
1 {wood} oar (oars) = 2 {wood} pole, 1 {wood} batten
1 {wood} bowl (wooden bowls) = 2 {wood} planks, 1 beeswax
1 {wood} spoon (wooden spoons) = 1 {wood} batten, 1 beeswax

1 iron ingot = 3 bog iron, 1 charcoal
1 copper ingot = 3 copper ore, 1 charcoal
1 silver ingot = 4 silver ore, 2 charcoal
4 bronze ingot = 3 copper ingot, 1 tin ingot
1 tin ingot = 3 tin ore, 1 charcoal
3 {metal} plate (plates) = 3 {metal} ingot
8 {metal} nail (nails) = 1 {metal} ingot
4 {metal} rod (rods) = 2 {metal} ingot
2 {metal} hinge = 1 {metal} plate, 2 {metal} nail
2 {metal} bracket = 1 {metal} rod, 2 {metal} nail
1 {metal} lock = 1 {metal} plate, 1 {metal} rod, 2 {metal} nail
1 {metal} key (keys) = 1 {metal} rod
6 {metal} chain link (chain links) = 1 {metal} rod
1 {metal} chain (chains) = 8 {metal} chain link
1 {metal} knife (knives) = 2 {metal} ingot, 1 #poles
1 {metal} kettle (kettles) = 5 {metal} plate, 1 {metal} rod
1 {metal} lantern (lanterns) = 2 {metal} plate, 4 glass pane, 1 candle
1 {metal} bell (bells) = 4 {metal} plate, 1 {metal} chain link
1 {metal} buckle (buckles) = 1 {metal} rod, 1 {metal} nail
1 {metal} brooch (brooches) = 1 {metal} buckle, 1 amber

2 blue dye (dyes) = 1 woad leaf
2 red dye (dyes) = 1 madder root
2 yellow dye (dyes) = 1 weld flower
2 brown dye (dyes) = 1 walnut husk
2 violet dye (dyes) = 1 elderberry
2 black dye (dyes) = 1 oak gall, 1 bog iron
2 white dye (dyes) = 1 chalk
2 green dye (dyes) = 1 blue dye, 1 yellow dye
2 orange dye (dyes) = 1 red dye, 1 yellow dye
2 grey dye (dyes) = 1 black dye, 1 white dye
2 rose dye (dyes) = 1 red dye, 1 white dye
2 teal dye (dyes) = 1 blue dye, 1 green dye
4 {color} yarn (yarns) = 4 wool yarn, 1 {color} dye
2 {color} cloth (dyed cloth) = 2 linen cloth, 1 {color} dye
2 {color} ribbon (ribbons) = 1 {color} cloth
1 {color} hood (hoods) = 2 {color} cloth, 1 linen thread
1 {color} cloak (cloaks) = 5 {color} cloth, 1 bronze buckle
1 {color} banner (banners) = 4 {color} cloth, 1 #poles
1 {color} rug (rugs) = 6 {color} yarn, 2 jute cord
1 {color} cushion (cushions) = 2 {color} cloth, 3 feather
3 {color} candle (dyed candles) = 3 candle, 1 {color} dye
4 {color} tile (tiles) = 4 clay tile, 1 {color} dye, 1 glaze
4 {color} bead (beads) = 1 glass lump, 1 {color} dye
1 {color} necklace (necklaces) = 8 {color} bead, 1 linen thread
4 {color} ink (inks) = 1 {color} dye, 1 fish glue

2 charcoal = 1 #planks, 1 peat
2 tar = 2 resin, 1 charcoal
1 fish glue = 2 fish bone
1 glaze = 1 sand, 1 wood ash
2 wood ash = 1 charcoal
2 lime = 1 chalk, 1 charcoal
2 mortar = 1 lime, 2 sand
4 brick = 4 clay, 1 peat
1 brick oven = 12 brick, 4 mortar
1 hearth = 8 field stone, 2 mortar, 1 iron plate
1 chimney = 10 brick, 3 mortar
4 clay tile = 2 clay, 1 peat
1 clay pot = 3 clay, 1 peat
1 glazed jar = 1 clay pot, 1 glaze
1 crucible = 4 clay, 1 sand
2 glass lump = 3 sand, 1 wood ash
3 glass pane = 2 glass lump
2 glass bottle = 1 glass lump
1 glass lens = 1 glass lump, 1 chalk
1 spyglass = 2 glass lens, 2 copper plate, 1 leather
1 hourglass = 2 glass bottle, 1 sand, 1 #planks
1 window = 4 glass pane, 4 #battens
1 mirror = 1 glass pane, 1 silver dust
3 silver dust = 1 silver ingot
2 silver dust = 1 silver locket
1 silver locket = 1 silver plate, 1 silver chain
2 amber dust = 1 amber
3 amber dust = 1 amber pendant
1 amber pendant = 2 amber, 1 linen thread
1 varnish = 1 amber dust, 1 resin
1 fiddle = 3 #planks, 4 gut string, 1 varnish
1 fiddle bow = 1 #poles, 1 horsehair
2 kindling = 1 #planks
3 kindling = 1 carved flute
1 carved flute = 1 #poles, 1 beeswax, 1 silver nail
1 campfire = 4 kindling, 3 peat, 4 field stone
2 scrap bronze = 1 bronze nail
4 scrap bronze = 1 tower bell
1 tower bell = 1 bronze bell, 1 bronze chain
1 bell mold = 2 clay, 1 scrap bronze
2 rag = 1 linen cloth
6 rag = 1 story quilt
1 story quilt = 4 #dyed cloth, 2 linen thread, 6 feather
4 paper = 3 rag, 1 lime
2 leaf of letters = 2 paper, 1 #inks
1 book = 6 leaf of letters, 1 leather, 1 linen thread
1 map = 2 paper, 1 black ink, 1 blue ink
1 map case = 1 leather, 1 bronze buckle
1 pilot book = 1 book, 3 map
1 quill = 1 feather
1 writing box = 1 #chests, 2 quill, 1 black ink
1 bookcase = 2 #shelves, 3 book

2 linen thread = 1 flax
2 linen cloth = 4 linen thread
4 wool yarn = 2 wool
1 felt = 2 wool, 1 soap
1 felt hat = 2 felt, 1 #ribbons
2 jute cord = 3 jute
2 rope = 4 jute cord
1 fishing net = 3 rope, 6 jute cord
1 rope ladder = 2 rope, 5 #battens
1 hammock = 2 rope, 2 linen cloth
1 sail = 6 linen cloth, 2 rope
1 reed mat = 4 reed
1 reed basket = 5 reed
1 eel trap = 2 reed basket, 1 jute cord
2 thatch = 6 reed
1 reed roof = 4 thatch, 2 #battens
1 reed flute = 2 reed
1 gut string = 1 sheep gut
1 leather = 1 hide, 1 oak bark
2 leather strap = 1 leather
1 boots = 2 leather, 2 leather strap, 4 iron nail
1 belt = 2 leather strap, 1 #buckles
1 satchel = 3 leather, 1 belt
1 saddle = 4 leather, 2 belt, 2 felt
1 bellows = 2 leather, 2 #planks, 4 copper nail
1 drum = 1 hide, 3 #planks, 1 rope
1 parchment = 1 hide, 1 chalk

1 candle = 1 beeswax, 1 linen thread
1 torch = 1 #poles, 1 tar
1 rushlight = 1 rush, 1 tallow
1 chandelier = 6 candle, 2 iron chain, 1 iron plate
1 soap = 1 tallow, 1 wood ash
1 scented soap = 1 soap, 2 lavender
1 ointment = 1 beeswax, 1 marigold
1 lavender oil = 4 lavender, 1 glass bottle
1 healing draught = 1 ointment, 1 honey, 1 glass bottle
1 sachet = 1 linen cloth, 3 lavender

1 mallet = 1 #poles, 2 #planks
1 hammer = 1 #poles, 1 iron ingot
1 saw = 1 #poles, 2 iron plate
1 chisel = 1 #poles, 1 iron rod
1 spade = 2 #poles, 1 iron plate
1 peat spade = 1 spade, 1 leather strap
1 scythe = 2 #poles, 2 iron plate
1 sickle = 1 #poles, 1 bronze plate
1 fish hook = 1 copper nail
1 fishing rod = 1 #poles, 1 fish hook, 1 linen thread
1 spear = 2 #poles, 1 bronze plate
4 arrow = 1 #battens, 1 flint, 1 feather
1 longbow = 2 yew pole, 1 gut string
1 quiver = 2 leather, 1 leather strap
1 hunting kit = 1 longbow, 1 quiver, 12 arrow
1 tool chest = 1 #chests, 1 hammer, 1 saw, 1 chisel
1 work bench = 1 #tables, 1 mallet, 1 iron rod
1 anvil = 6 iron ingot, 1 field stone
1 forge = 1 hearth, 1 bellows, 1 anvil
1 kiln = 1 brick oven, 2 crucible
1 loom = 4 #poles, 6 #battens, 2 jute cord
1 spinning wheel = 3 #planks, 2 #poles, 1 iron rod
1 potting wheel = 2 field stone, 1 #poles, 1 tar
1 millstone = 5 field stone, 1 iron rod
1 windmill = 2 millstone, 2 sail, 8 #planks
1 well = 9 field stone, 2 rope, 1 bucket
1 bucket = 3 #planks, 1 iron rod
1 barrel = 6 #planks, 2 iron chain link
1 cart wheel = 5 #poles, 1 iron plate
1 hand cart = 2 cart wheel, 5 #planks
1 ox cart = 1 hand cart, 2 cart wheel, 1 rope
1 mooring post = 2 alder pole, 1 tar
1 jetty = 4 mooring post, 8 #planks
1 fishing boat = 1 #punts, 2 #oars, 1 fishing net
1 sailing barge = 2 #punts, 1 sail, 1 iron chain
1 ferry = 1 #punts, 3 rope, 2 #benches
1 lighthouse lamp = 1 copper lantern, 4 glass lens
1 signal mast = 3 ash pole, 2 #banners, 1 rope
1 bridge = 6 #battens, 12 #planks, 4 mooring post
1 beehive = 4 #planks, 2 thatch
1 dovecote = 6 #planks, 3 #shingles
1 weather vane = 2 copper plate, 1 iron rod
1 sundial = 1 bronze plate, 1 field stone
1 compass = 1 bronze plate, 1 lodestone, 1 glass lens
1 sea chart = 1 map, 1 compass, 1 parchment

2 flour = 3 barley
1 dough = 2 flour, 1 water
1 barley bread = 1 dough, 1 salt
1 honey cake = 1 dough, 1 honey, 1 egg
1 apple pie = 1 dough, 3 apple, 1 butter
1 eel pie = 1 dough, 2 eel, 1 salt
1 butter = 2 milk, 1 salt
1 cheese = 3 milk, 1 salt
1 smoked eel = 1 eel, 1 peat, 1 salt
1 malt = 2 barley, 1 water
1 small beer = 1 malt, 2 water, 1 barrel
1 mead = 2 honey, 2 water, 1 glazed jar
1 bramble jam = 4 bramble, 1 honey, 1 glazed jar
1 mushroom stew = 3 mushroom, 1 #wooden bowls
1 fish soup = 2 eel, 1 onion, 1 #wooden bowls
1 harvest basket = 1 reed basket, 2 barley bread, 1 cheese, 3 apple
1 feast table = 1 #tables, 1 eel pie, 1 apple pie, 1 mead
1 herb tea = 2 marigold, 1 water
1 pickled onion = 3 onion, 1 salt, 1 glazed jar
`;

/**
 * Crafted things that a recipe can use up and nothing but that recipe asks for. Players carry one as a keepsake.
 */
export const keepsakes = [
  'silver locket',
  'amber pendant',
  'carved flute',
  'tower bell',
  'story quilt',
] as const;
