"""RFC 9457 problem documents: a stable type, a sentence that says what to do next, the same in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What `/problems/{code}` stands for: its HTTP status and its title in both languages."""

    code: str
    status: int
    title: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """The body of every error: RFC 9457 members, and the same two sentences in Chinese."""

    type: str
    title: str
    title_zh: str
    status: int
    detail: str
    detail_zh: str


PROBLEMS = {
    problem.code: problem
    for problem in (
        ProblemType("invalid-json", 400, "The body is not JSON", "请求体不是 JSON"),
        ProblemType("invalid-request", 422, "A field is missing or has the wrong type", "缺少字段或字段类型不对"),
        ProblemType("unsupported-media-type", 415, "The body is not sent as JSON", "请求体的类型不是 JSON"),
        ProblemType("bad-cursor", 400, "The cursor is not one this list gave out", "游标不是本列表给出的"),
        ProblemType("unknown-cursor", 400, "The list changed; its cursor is gone", "列表已变化，游标已失效"),
        ProblemType("too-large", 413, "The body is too large", "请求体过大"),
        ProblemType("question-too-long", 413, "The question is too long", "问题过长"),
        ProblemType("too-many-requests", 429, "Too many requests", "请求过于频繁"),
        ProblemType("too-many-at-once", 429, "Too many requests at this moment", "同时处理的请求过多"),
        ProblemType("took-too-long", 503, "The answer took too long", "回答用时过长"),
        ProblemType("unknown-route", 404, "There is nothing at this address", "此地址没有内容"),
        ProblemType("unknown-report", 404, "There is no such report", "没有这份年报"),
        ProblemType("unknown-commitment", 404, "There is no such problem or commitment", "没有这条问题或承诺"),
        ProblemType("unknown-page", 404, "The file has no such page", "文件没有这一页"),
        ProblemType("no-pages", 404, "A file of this format has no pages", "此格式的文件没有页面"),
        ProblemType("no-original", 404, "The file of this report is not kept", "此年报的原文件未保存"),
        ProblemType("page-not-drawn", 422, "The page cannot be drawn", "此页无法绘制"),
        ProblemType("busy", 503, "The service is busy", "服务繁忙"),
        ProblemType("unknown-model", 404, "There is no such model", "没有这个模型"),
        ProblemType("method-not-allowed", 405, "This address does not take that method", "此地址不接受该方法"),
        ProblemType("wrong-host", 421, "The service has another name", "主机名不是本服务的"),
        ProblemType("wrong-origin", 403, "Pages of other origins are not served here", "不接受其他网站的页面"),
        ProblemType("key-required", 401, "An API key is needed", "需要 API 密钥"),
        ProblemType("key-rejected", 403, "The API key is not valid", "API 密钥无效"),
        ProblemType("key-scope", 403, "The API key does not allow that", "API 密钥没有此权限"),
        ProblemType("keys-not-set-up", 403, "This service takes no changes over the network", "本服务不接受网络修改"),
        ProblemType("unreadable-file", 422, "The file cannot be read", "文件无法读取"),
        ProblemType("not-a-report", 422, "The file is not an annual report", "文件不是年度报告"),
        ProblemType("store", 503, "The store is not available", "数据库不可用"),
        ProblemType("settings", 500, "The service is set up wrongly", "服务设置有误"),
        ProblemType("error", 400, "The request cannot be carried out", "请求无法执行"),
        ProblemType("internal", 500, "The service made a mistake", "服务出错"),
    )
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error on its way out: its document, and the headers its response has beside the usual ones."""

    document: ProblemDocument
    headers: Mapping[str, str]


def make_problem(
    code: str, detail: str, detail_zh: str, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Problem:
    """The problem of that code. An unknown code is shown as "error", never as a fault of its own."""
    kind = PROBLEMS.get(code, PROBLEMS["error"])
    document = ProblemDocument(
        f"/problems/{kind.code}", kind.title, kind.title_zh, status or kind.status, detail, detail_zh
    )
    return Problem(document, headers or {})
