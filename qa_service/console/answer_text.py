"""An answer on the terminal: its text, its figures' places, what else can be asked."""

from qa_service.answering.answer import Answer, AnswerCitation


def render_answer(answer: Answer) -> str:
    """Plain text in the language of the answer, one citation a line."""
    zh = answer.language == "zh"
    lines = [answer.answer]
    lines += [f"! {conflict.message}" for conflict in answer.conflicts]
    if answer.citations:
        lines += ["", *(_citation(each, zh) for each in answer.citations)]
    if answer.choices:
        lines += ["", *(f"{number}. {choice.question}" for number, choice in enumerate(answer.choices, 1))]
    if answer.suggestions:
        lines += ["", "还可以问：" if zh else "You can also ask:", *(f"- {each}" for each in answer.suggestions)]
    return "\n".join(lines)


def _citation(citation: AnswerCitation, zh: bool) -> str:
    place = [citation.table or citation.section, citation.row, citation.column]
    if citation.page is not None:
        place.append(f"第{citation.page}页" if zh else f"page {citation.page}")
    if citation.line is not None:
        place.append(f"第{citation.line}行" if zh else f"line {citation.line}")
    where = " › ".join(part for part in place if part)
    return f"[{citation.id}] {citation.title}（{citation.file}）: {where} “{citation.quote}”"
