"""Asks the compiled program as the Python library of the protocol does: over standard input and output, or at an address."""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters, stdio_client


async def main(program: str, state: str) -> None:
    server = StdioServerParameters(
        command="node", args=[program, "mcp"], env={"PAPERBOY_STATE": state, "PAPERBOY_ENV_FILE": "/dev/null"}
    )
    async with Client(stdio_client(server)) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        assert tools == ["search_papers", "similar_papers", "get_paper", "cite_papers", "topic_trends", "paper_map", "todays_paper"], tools
        found = await client.call_tool("search_papers", {"query": "curriculum learning", "limit": 2})
        papers = found.structured_content["papers"]
        assert len(papers) == 2 and not found.is_error, found
        drawn = await client.call_tool("paper_map", {"papers": papers[0]["id"]})
        assert [part.type for part in drawn.content] == ["text", "image"], drawn
        read = await client.read_resource("paperboy://paper/" + papers[0]["id"])
        assert json.loads(read.contents[0].text)["title"] == papers[0]["title"], read
        refused = await client.call_tool("search_papers", {"query": ""})
        assert refused.is_error, refused
    print("The Python library of the Model Context Protocol got its answers")


asyncio.run(main(sys.argv[1], sys.argv[2]))
