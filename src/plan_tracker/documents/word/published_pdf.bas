REM Writes a Word document as tagged PDF. source, target: file URLs. thai: 1 where pages and lists count in Thai digits,
REM which the import of .docx makes Arabic ones of.

Const ARABIC = 4
Const NATIVE = 12

Sub Export(source As String, target As String, thai As Integer)
  On Error GoTo Leave
  Dim document As Object
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  If thai = 1 Then CountInThai(document)
  Describe(document)
  Dim storing(1) As New com.sun.star.beans.PropertyValue
  storing(0).Name = "FilterName"
  storing(0).Value = "writer_pdf_Export"
  storing(1).Name = "FilterData"
  storing(1).Value = Accessible()
  document.storeToURL(target, storing())
Leave:
  StarDesktop.terminate()
End Sub

REM What screen readers say of each chart: the import of .docx drops it. Descriptions() follows at this module's end.
Sub Describe(document As Object)
  Dim texts, i As Integer
  texts = Descriptions()
  For i = 0 To UBound(texts)
    If document.EmbeddedObjects.hasByName("Object" & (i + 1)) Then
      document.EmbeddedObjects.getByName("Object" & (i + 1)).Description = texts(i)
    End If
  Next
End Sub

Function Accessible()
  Dim options(1) As New com.sun.star.beans.PropertyValue
  options(0).Name = "UseTaggedPDF"
  options(0).Value = True
  options(1).Name = "PDFUACompliance"
  options(1).Value = True
  Accessible = options()
End Function

Sub CountInThai(document As Object)
  Dim styles As Object, one As Object, i As Integer
  styles = document.StyleFamilies.getByName("PageStyles")
  For i = 0 To styles.Count - 1
    one = styles.getByIndex(i)
    If one.NumberingType = ARABIC Then one.NumberingType = NATIVE
  Next
  styles = document.StyleFamilies.getByName("NumberingStyles")
  For i = 0 To styles.Count - 1
    one = styles.getByIndex(i)
    one.NumberingRules = InThai(one.NumberingRules)
  Next
  InThai(document.ChapterNumberingRules)
End Sub

Function InThai(rules As Object) As Object
  Dim level As Integer, j As Integer, properties
  For level = 0 To rules.Count - 1
    properties = rules.getByIndex(level)
    For j = 0 To UBound(properties)
      If properties(j).Name = "NumberingType" Then
        If properties(j).Value = ARABIC Then properties(j).Value = NATIVE
      End If
    Next
    rules.replaceByIndex(level, properties)
  Next
  InThai = rules
End Function
