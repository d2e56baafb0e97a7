/** A signature as a finger draws it. */
export const drawn =
  'M40 120 Q80 20 120 110 Q150 170 180 90 M210 60 L260 140 M230 100 C260 80 300 80 330 110';
