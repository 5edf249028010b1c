"""Files in and out, with names and kinds as hostile as they come."""

import io
from pathlib import Path

import pytest
from daytona import AsyncSandbox, DaytonaConflictError, DaytonaError, DaytonaValidationError, FileUpload
from daytona.common.errors import DaytonaFileAccessDeniedError, DaytonaFileNotFoundError, DaytonaInvalidFilePathError
from daytona.common.filesystem import FileDownloadRequest

ODD_NAMES = ["with space", "ünïcödé-日本-🚀", "semi;quote'\"double", "per%20cent", "-dash", "back\\slash"]


async def downloaded(sandbox: AsyncSandbox, path: str) -> bytes:
    return b"".join([piece async for piece in await sandbox.fs.download_file_stream(path)])


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_a_file_of_any_name_comes_back_as_it_went_in(sandbox: AsyncSandbox, name: str):
    content = bytes(range(256)) * 10

    await sandbox.fs.upload_file(content, f"folder of it/{name}")

    assert await sandbox.fs.download_file(f"folder of it/{name}") == content
    assert [entry.name for entry in await sandbox.fs.list_files("folder of it")] == [name]


async def test_a_newline_in_a_name_goes_through_the_streams(sandbox: AsyncSandbox):
    await sandbox.fs.upload_file_stream(io.BytesIO(b"two lines"), "a\nb")

    assert await downloaded(sandbox, "a\nb") == b"two lines"
    assert (await sandbox.fs.get_file_info("a\nb")).name == "a\nb"


async def test_fifty_megabytes_stream_in_and_out(sandbox: AsyncSandbox, tmp_path: Path):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(b"0123456789abcdef" * 65_536 * 50)

    await sandbox.fs.upload_file(str(source), "big")
    await sandbox.fs.download_file("big", str(target))

    assert target.read_bytes() == source.read_bytes()


async def test_several_files_and_failures_come_in_one_reply(sandbox: AsyncSandbox):
    await sandbox.fs.upload_files([FileUpload(b"1", "one"), FileUpload(b"", "empty")])

    found = await sandbox.fs.download_files([FileDownloadRequest(source=name) for name in ("one", "none", "empty")])

    assert [(answer.result, answer.error is None) for answer in found] == [(b"1", True), (None, False), (b"", True)]


async def test_content_that_looks_like_multipart_is_only_content(sandbox: AsyncSandbox):
    content = b'\r\n--boundary--\r\nContent-Disposition: form-data; name="error"\r\n\r\n' * 100

    await sandbox.fs.upload_file(content, "trap")

    assert await sandbox.fs.download_file("trap") == content


async def test_an_upload_replaces_the_content_and_keeps_the_mode(sandbox: AsyncSandbox):
    await sandbox.process.exec("echo old > tool; chmod 750 tool; ln -s tool link")

    await sandbox.fs.upload_file(b"new", "link")

    assert (await sandbox.process.exec("cat tool; stat -c ' %a %F' tool link")).result == (
        "new 750 regular file\n 777 symbolic link\n"
    )


async def test_errors_have_the_sdks_classes(sandbox: AsyncSandbox):
    with pytest.raises(DaytonaFileNotFoundError):
        await sandbox.fs.get_file_info("missing")
    with pytest.raises(DaytonaFileNotFoundError):
        await sandbox.fs.download_file("missing")
    with pytest.raises(DaytonaFileAccessDeniedError):
        await sandbox.fs.create_folder("/usr/mine", "755")
    with pytest.raises(DaytonaInvalidFilePathError):
        await sandbox.fs.list_files("nul\0byte")
    with pytest.raises(DaytonaError, match="Read-only"):
        await sandbox.fs.upload_file(b"x", "/usr/bin/x")


async def test_a_pipe_is_refused_instead_of_read_for_ever(sandbox: AsyncSandbox):
    await sandbox.process.exec("mkfifo pipe")

    with pytest.raises(DaytonaInvalidFilePathError, match="not a regular file"):
        await sandbox.fs.download_file("pipe")


async def test_folders_moves_permissions_and_deletes(sandbox: AsyncSandbox):
    await sandbox.fs.create_folder("a/b", "700")
    await sandbox.fs.upload_file(b"x", "a/b/f")
    await sandbox.fs.move_files("a/b/f", "a/g")
    await sandbox.fs.set_file_permissions("a/g", mode="640")

    info = await sandbox.fs.get_file_info("a/g")
    assert (info.size, info.permissions, info.owner, info.is_dir) == (1, "0640", "daytona", False)
    with pytest.raises(DaytonaConflictError):
        await sandbox.fs.move_files("a/g", "a/b")
    with pytest.raises(DaytonaValidationError, match="octal"):
        await sandbox.fs.set_file_permissions("a/g", mode="rw")
    with pytest.raises(DaytonaValidationError, match="recursive"):
        await sandbox.fs.delete_file("a")
    await sandbox.fs.delete_file("a", recursive=True)
    assert await sandbox.fs.list_files(".") == []


async def test_listing_goes_as_deep_as_asked(sandbox: AsyncSandbox):
    await sandbox.process.exec("mkdir -p a/b; touch a/b/c; ln -s / a/root")

    assert [e.path for e in await sandbox.fs.list_files(".", depth=2)] == [
        "/home/daytona/./a",
        "/home/daytona/./a/b",
        "/home/daytona/./a/root",
    ]


async def test_names_that_are_not_utf8_do_not_break_a_listing(sandbox: AsyncSandbox):
    await sandbox.process.exec("touch $'bad\\377name'")

    assert [entry.name for entry in await sandbox.fs.list_files(".")] == ["bad?name"]


async def test_search_find_and_replace(sandbox: AsyncSandbox):
    await sandbox.fs.upload_file(b"first\nneedle [x]\n", "d/a.txt")
    await sandbox.fs.upload_file(b"needle", "d/b.md")

    assert (await sandbox.fs.search_files("d", "*.txt")).files == ["/home/daytona/d/a.txt"]
    matches = await sandbox.fs.find_files("d", "needle [")
    assert [(match.file, match.line, match.content) for match in matches] == [
        ("/home/daytona/d/a.txt", 2, "needle [x]")
    ]
    replaced = await sandbox.fs.replace_in_files(["d/a.txt", "d/none"], "needle", "pin")
    assert [answer.success for answer in replaced] == [True, False]
    assert await sandbox.fs.download_file("d/a.txt") == b"first\npin [x]\n"


async def test_the_home_is_known(sandbox: AsyncSandbox):
    assert await sandbox.get_work_dir() == await sandbox.get_user_home_dir() == "/home/daytona"
