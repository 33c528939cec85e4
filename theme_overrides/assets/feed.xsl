<?xml version="1.0" encoding="utf-8"?>
<!-- What a browser shows of a feed: what it is for, and what is in it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="http://www.w3.org/2005/Atom" exclude-result-prefixes="a">
<xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>
<xsl:template match="/a:feed">
<html lang="en">
<head>
<meta name="viewport" content="width=device-width"/>
<meta name="color-scheme" content="light dark"/>
<title><xsl:value-of select="a:title"/></title>
<style>body{font:1.1rem/1.5 Georgia,serif;max-width:44rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}li{margin:.5rem 0}small{white-space:nowrap}</style>
</head>
<body>
<main>
<h1><xsl:value-of select="a:title"/></h1>
<p>This is a feed. Copy the address of this page into a feed reader, and new papers will come to you: without an account, an address or a tracker.</p>
<p><a href="{a:link[not(@rel)]/@href}">The page that shows the same</a></p>
<h2>In it now</h2>
<ul>
<xsl:for-each select="a:entry">
<li><a href="{a:link/@href}"><xsl:value-of select="a:title"/></a><xsl:text> </xsl:text><small><xsl:value-of select="substring(a:updated, 1, 10)"/></small></li>
</xsl:for-each>
</ul>
</main>
</body>
</html>
</xsl:template>
</xsl:stylesheet>
