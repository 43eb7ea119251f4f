/** A file is not what it should be, in words that end the sentence "Cannot read the workbook:". */
export class UnfitWorkbook extends Error {}
