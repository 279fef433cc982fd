// Where a link may lead.

/** The link of a citation, if it stays on this site: links never lead where a document wants. */
export function safeLink(link) {
  return typeof link === "string" && link.startsWith("/") && !link.startsWith("//") && !link.startsWith("/\\") ? link : "/";
}
