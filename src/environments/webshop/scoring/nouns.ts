/** Words of product titles that are no nouns: small words, adjectives, adverbs and participles. */
const otherWords = new Set(
  (
    'a about above across adjustable advanced after air-tight all also an and any anti are around as assorted at ' +
    'authentic automatic available back beautiful before best better big black blue bold both bright brown built ' +
    'but by can casual certified cheap classic clean clear cold colored colorful comfortable comfy compact complete ' +
    'compatible cool cordless crisp curved custom cute dark decorative deep deluxe designed detachable different ' +
    'digital disposable double down dry durable each easy elastic elegant electric electronic equipped essential ' +
    'every extra fashionable fast fine first fit flat flexible floral foldable folding for formal free fresh ' +
    'from full fully funny futuristic gentle glossy good gray great green grey handmade hanging happy hard healthy ' +
    'heavy her hidden high hight his home-made hot human huge if improved in included indoor inner into inspired ' +
    'is it its just large large-size last lasting lightweight like listed little long loose lovely low lower ' +
    'luxurious magnetic made many matte medium mini modern more most multi multifunctional my natural new nice ' +
    'no non not of off official old on one only open or orange organic original other our out outdoor outer over ' +
    'own padded perfect personalized pink plain plus portable powerful practical premium pretty printed pro ' +
    'professional pure purple quick quiet raw ready real red refillable refreshing regular removable replaceable ' +
    'reusable rich round rustic safe same seamless self sexy sharp short short-sleeved silent simple single slim ' +
    'small smart smooth soft solid sound special square stackable stainless standing stiff stretchy strong sturdy ' +
    'stylish suitable super sustainable sweet tall that the their them these they thick thin this tight tiny to ' +
    'top tough traditional transparent under unfinished unique universal up upper upgraded used various very ' +
    'vintage warm washable waterproof we wearable when white whole wide wild wireless with without wooden you ' +
    'young your yellow'
  ).split(' '),
);

const titleWords = /[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu;

/**
 * The nouns of a product title, in lower case. The original asks a language model for parts of speech; titles
 * consist of little else than nouns and names, so here a noun is any word that is not a number and not one of a
 * list of other words.
 */
export function titleNouns(title: string): ReadonlySet<string> {
  const found = (title.toLowerCase().match(titleWords) ?? []).map((word) => word.replace(/['’]s$/, ''));
  return new Set(found.filter((word) => /\p{L}/u.test(word) && !otherWords.has(word)));
}
