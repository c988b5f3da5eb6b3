/** Why an image can't be shown, in words for whoever looks. */
export class ImageProblem extends Error {}

/** Gets a stored image; each time the service is asked, which answers that the copy here is still the right one. */
export async function fetchImage(address: string): Promise<ArrayBuffer> {
  let answer: Response;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json, application/gzip" }, credentials: "same-origin", cache: "no-cache" });
  } catch {
    throw new ImageProblem("The service doesn't answer. Load the page again.");
  }

  if (answer.redirected || answer.status === 401) {
    throw new ImageProblem("Your session is over. Load the page again to sign in.");
  }

  if (!answer.ok) {
    throw new ImageProblem(await detailOf(answer));
  }

  return answer.arrayBuffer();
}

async function detailOf(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { detail?: string };
    return problem.detail ?? `The service answered ${answer.status}.`;
  } catch {
    return `The service answered ${answer.status}.`;
  }
}
