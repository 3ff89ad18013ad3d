// @ts-check

/** @param {string} message */
export const notFound = (message) => Object.assign(new Error(message), { statusCode: 404 });

/** @param {string} message */
export const badRequest = (message) => Object.assign(new Error(message), { statusCode: 400 });
