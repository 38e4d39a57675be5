/** How sure a conclusion is that joins facts which no input joins itself. */
export const CONFIDENCES = ["certain", "high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];
