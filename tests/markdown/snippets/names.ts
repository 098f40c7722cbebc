export const names = [
  "Mill Street",
  "Mill Lane",
]
